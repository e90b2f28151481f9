/** Back in with a recovery code, for someone who forgot the password. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call, callToSignIn } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { type Fault, Page } from "../frame/page.ts";
import { textField, typed } from "../parts/field.ts";
import { passwordField } from "../parts/password.ts";
import { t } from "../words/language.ts";
import { passwordFault } from "./password-rule.ts";

const FEW = 3;

class RecoverPage extends Page {
  @state() private codesLeft: number | null = null;
  readonly #intent = new Intent();

  protected override render(): TemplateResult {
    return this.codesLeft === null ? this.#form() : this.#done(this.codesLeft);
  }

  #form(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("recover.heading"))}
      <p>${t("recover.text")}</p>
      <form novalidate @submit=${this.#recover}>
        ${textField({ id: "handle", label: t("sign-in.handle"), hint: t("sign-in.handle.hint"), fault: this.faultOf("handle"), autocomplete: "username", latin: true })}
        ${textField({ id: "recovery_code", label: t("recover.code"), hint: t("recover.code.hint"), fault: this.faultOf("recovery_code"), autocomplete: "one-time-code", latin: true })}
        ${passwordField({ id: "new_password", label: t("recover.new"), hint: t("register.password.hint"), fault: this.faultOf("new_password"), autocomplete: "new-password" })}
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("recover.button")}</button></p>
      </form>
      <p class="quiet-words">${t("recover.lost")} <a href="/register">${t("sign-in.new")}</a></p>`;
  }

  #done(count: number): TemplateResult {
    return html`${this.heading(t("recover.done.heading"))}
      <div class="panel good">
        <p>${t("recover.done.left", { count })}</p>
        ${count < FEW ? html`<p>${t("recover.done.few")} <a href="/account/codes">${t("account.codes.new")}</a></p>` : nothing}
      </div>
      <p class="actions"><a class="button" href="/appointments">${t("continue")}</a></p>`;
  }

  readonly #recover = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { handle = "", recovery_code = "", new_password = "" } = typed(event.currentTarget as HTMLFormElement);
    const faults: Fault[] = [];
    if (!handle) faults.push({ field: "handle", words: t("sign-in.handle.missing") });
    if (!recovery_code) faults.push({ field: "recovery_code", words: t("recover.code.missing") });
    faults.push(...passwordFault("new_password", new_password));
    if (faults.length) return this.blame(...faults);
    const body = { handle: handle.toLowerCase(), recovery_code: recovery_code.toLowerCase(), new_password };
    const done = await this.attempt(async () => {
      const { codes_left } = await call<{ codes_left: number }>("POST", "/api/auth/recover", { body, intent: this.#intent }).catch(sayWhich);
      await callToSignIn("/api/auth/sign-in", { handle: body.handle, password: new_password });
      this.codesLeft = codes_left;
    });
    if (done) await this.readFromHeading();
  };
}

/** Here it is the code, not the password, that may be wrong. */
function sayWhich(failure: unknown): never {
  throw failure instanceof Problem && failure.code === "wrong_credentials" ? new Problem("wrong_recovery_code", failure.status) : failure;
}

customElements.define("recover-page", RecoverPage);
