/** An authenticator app as a second step of the sign-in, added or replaced by its owner. */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { staff } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { typed } from "../parts/field.ts";
import { t } from "../words/language.ts";
import { authenticator, codeField } from "./authenticator.ts";
import { sixDigits } from "./code.ts";

interface Secret {
  readonly secret: string;
  readonly otpauth: string;
}

class SecondFactorPage extends Page {
  @state() private offered: Secret | null = null;
  @state() private done = false;
  readonly #begin = new Intent();
  readonly #confirm = new Intent();

  override opened(): void {
    this.offered = null;
    this.done = false;
    this.faults = [];
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("second-factor.heading"))}
      ${this.done ? this.#finished() : this.offered ? this.#setup(this.offered) : this.#offer()}`;
  }

  #offer(): TemplateResult {
    return html`<p>${t("second-factor.text")}</p>
      ${staff.person?.second_factor ? html`<p>${t("second-factor.replace.text")}</p>` : ""}
      <p class="actions">
        <button class="button" aria-disabled=${this.busy} @click=${this.#ask}>${t("second-factor.begin")}</button>
        <a class="button quiet" href="/staff/account">${t("cancel")}</a>
      </p>`;
  }

  #setup({ secret, otpauth }: Secret): TemplateResult {
    return html`${authenticator(secret, otpauth)}
      <form novalidate @submit=${this.#finish}>
        ${codeField("code", this.faultOf("code"))}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("second-factor.confirm")}</button>
          <a class="button quiet" href="/staff/account">${t("cancel")}</a>
        </p>
      </form>`;
  }

  #finished(): TemplateResult {
    return html`<p class="panel good" role="status">${t("second-factor.done")}</p>
      <p><a class="tall" href="/staff/account">${t("second-factor.back")}</a></p>`;
  }

  async #ask(): Promise<void> {
    const asked = await this.attempt(async () => {
      this.offered = await call<Secret>("POST", "/api/staff/auth/totp", { body: {}, intent: this.#begin });
      this.#begin.done();
    });
    if (asked) await this.#toHeading();
  }

  readonly #finish = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const code = sixDigits(typed(event.currentTarget as HTMLFormElement)["code"] ?? "");
    if (code.length !== 6) return this.blame({ field: "code", words: t("authenticator.code.missing") });
    const confirmed = await this.attempt(async () => {
      await call("PUT", "/api/staff/auth/totp", { body: { code }, intent: this.#confirm }).catch((failure: unknown) => {
        throw failure instanceof Problem && failure.code === "wrong_code" ? new Problem(failure.code, failure.status, "code") : failure;
      });
      this.#confirm.done();
    });
    if (!confirmed) return;
    this.done = true;
    if (staff.person) staff.update({ ...staff.person, second_factor: true });
    await this.#toHeading();
  };

  async #toHeading(): Promise<void> {
    await this.updateComplete;
    this.querySelector("h1")?.focus();
  }
}

customElements.define("second-factor-page", SecondFactorPage);
