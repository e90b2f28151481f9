import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { staff } from "../api/sign-in.ts";
import { type Fault, Page } from "../frame/page.ts";
import { typed } from "../parts/field.ts";
import { nameForPasswordManagers, passwordField } from "../parts/password.ts";
import { blameCurrent, passwordFault } from "../people/password-rule.ts";
import { t } from "../words/language.ts";

class StaffPasswordPage extends Page {
  @state() private done = false;
  readonly #intent = new Intent();

  override opened(): void {
    this.done = false;
    this.faults = [];
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("password.heading"))}
      ${this.done
        ? html`<p class="panel good" role="status">${t("password.done")}</p>
            <p><a class="tall" href="/staff/account">${t("new-codes.done")}</a></p>`
        : this.#form()}`;
  }

  #form(): TemplateResult {
    return html`<p>${t("password.text")}</p>
      <form novalidate @submit=${this.#change}>
        ${nameForPasswordManagers(staff.person?.email ?? "")}
        ${passwordField({ id: "current_password", label: t("password.current"), fault: this.faultOf("current_password"), autocomplete: "current-password" })}
        ${passwordField({ id: "new_password", label: t("password.new"), hint: t("register.password.hint"), fault: this.faultOf("new_password"), autocomplete: "new-password" })}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("account.password.change")}</button>
          <a class="button quiet" href="/staff/account">${t("cancel")}</a>
        </p>
      </form>`;
  }

  readonly #change = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { current_password = "", new_password = "" } = typed(event.currentTarget as HTMLFormElement);
    const faults: Fault[] = current_password ? [] : [{ field: "current_password", words: t("password.current.missing") }];
    faults.push(...passwordFault("new_password", new_password));
    if (faults.length) return this.blame(...faults);
    const done = await this.attempt(() =>
      call<void>("POST", "/api/staff/auth/password", { body: { current_password, new_password }, intent: this.#intent })
        .catch(blameCurrent("current_password")));
    if (!done) return;
    this.done = true;
    await this.updateComplete;
    this.querySelector("h1")?.focus();
  };
}

customElements.define("staff-password-page", StaffPasswordPage);
