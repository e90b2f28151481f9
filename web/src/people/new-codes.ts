/** New recovery codes in place of the old ones. */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { member } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { typed } from "../parts/field.ts";
import { nameForPasswordManagers, passwordField } from "../parts/password.ts";
import { t } from "../words/language.ts";
import { leaveWithoutCodes, type RecoveryCodes } from "./codes.ts";
import { blameCurrent } from "./password-rule.ts";

class NewCodesPage extends Page {
  unsaved = false;
  @state() private codes: readonly string[] = [];
  readonly #intent = new Intent();

  override opened(): void {
    this.codes = [];
    this.faults = [];
  }

  override async mayLeave(): Promise<boolean> {
    if (this.unsaved) this.unsaved = !(await leaveWithoutCodes());
    return !this.unsaved;
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t(this.codes.length ? "register.heading.codes" : "new-codes.heading"))}
      ${this.codes.length ? this.#show() : this.#ask()}`;
  }

  #ask(): TemplateResult {
    return html`<p>${t("new-codes.text")}</p>
      <form novalidate @submit=${this.#make}>
        ${nameForPasswordManagers(member.person?.handle ?? "")}
        ${passwordField({ id: "password", label: t("register.password"), fault: this.faultOf("password"), autocomplete: "current-password" })}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("new-codes.button")}</button>
          <a class="button quiet" href="/account">${t("cancel")}</a>
        </p>
      </form>`;
  }

  #show(): TemplateResult {
    return html`<form novalidate @submit=${this.#finish}>
      <recovery-codes .codes=${this.codes} .handle=${member.person?.handle ?? ""}></recovery-codes>
      <p class="actions no-print"><button class="button">${t("new-codes.done")}</button></p>
    </form>`;
  }

  readonly #make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { password = "" } = typed(event.currentTarget as HTMLFormElement);
    if (!password) return this.blame({ field: "password", words: t("password.current.missing") });
    const done = await this.attempt(async () => {
      const made = await call<{ recovery_codes: string[] }>("POST", "/api/auth/recovery-codes", { body: { password }, intent: this.#intent })
        .catch(blameCurrent("password"));
      this.unsaved = true;
      this.codes = made.recovery_codes;
      if (member.person) member.update({ ...member.person, recovery_codes_left: made.recovery_codes.length });
    });
    if (done) await this.readFromHeading();
  };

  readonly #finish = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const codes = this.querySelector<RecoveryCodes>("recovery-codes");
    if (!codes?.saved) return this.blame({ field: "saved", words: t("codes.saved.missing") });
    this.unsaved = false;
    await router.go("/account");
  };
}

customElements.define("new-codes-page", NewCodesPage);
