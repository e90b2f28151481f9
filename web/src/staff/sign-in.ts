/** The staff's sign-in, and the steps it may ask for: a password of one's own, an authenticator, its code. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { callToSignIn } from "../api/call.ts";
import { Problem } from "../api/problem.ts";
import { staff } from "../api/sign-in.ts";
import { type Fault, Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { textField, typed } from "../parts/field.ts";
import { nameForPasswordManagers, passwordField } from "../parts/password.ts";
import { passwordFault } from "../people/password-rule.ts";
import { t } from "../words/language.ts";
import { authenticator, codeField } from "./authenticator.ts";
import { sixDigits } from "./code.ts";
import { takeZoneHere } from "./first-zone.ts";
import { firstPage } from "./routes.ts";

interface Step {
  readonly challenge: "new_password" | "totp" | "totp_setup";
  readonly session: string;
  readonly secret: string;
  readonly otpauth: string;
}

class StaffSignInPage extends Page {
  @state() private step: Step | null = null;
  #email = "";
  #arriving = false;

  override opened(): void {
    this.step = null;
    this.#arriving = false;
    this.faults = [];
  }

  protected override render(): TemplateResult {
    const step = this.step;
    if (!step) return this.#door();
    return html`${this.summary()} ${this.heading(t(`staff.step.${step.challenge}.heading`))}
      <p>${t(`staff.step.${step.challenge}.text`)}</p>
      ${step.challenge === "totp_setup" ? authenticator(step.secret, step.otpauth) : nothing}
      <form novalidate @submit=${this.#answer}>
        ${step.challenge === "new_password" ? this.#newPassword() : codeField("answer", this.faultOf("answer"))}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t(`staff.step.${step.challenge}.button`)}</button>
          <button type="button" class="button quiet" @click=${() => this.#go(null)}>${t("staff.step.over")}</button>
        </p>
      </form>`;
  }

  #door(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("staff.sign-in.heading"))}
      ${router.wanted ? html`<p class="panel">${t("signed-out.notice")}</p>` : nothing}
      <form novalidate @submit=${this.#signIn}>
        ${textField({ id: "email", type: "email", label: t("staff.email"), value: this.#email, fault: this.faultOf("email"), autocomplete: "username", inputmode: "email", latin: true })}
        ${passwordField({ id: "password", label: t("register.password"), hint: t("staff.sign-in.password.hint"), fault: this.faultOf("password"), autocomplete: "current-password" })}
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("sign-in.button")}</button></p>
      </form>
      <p>${t("staff.sign-in.forgot")}</p>
      <p><a class="tall" href="/sign-in">${t("staff.sign-in.client")}</a></p>`;
  }

  #newPassword(): TemplateResult {
    return html`${nameForPasswordManagers(this.#email)}
      ${passwordField({ id: "new_password", label: t("password.new"), hint: t("register.password.hint"), fault: this.faultOf("new_password"), autocomplete: "new-password" })}`;
  }

  readonly #signIn = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { email = "", password = "" } = typed(event.currentTarget as HTMLFormElement);
    this.#email = email;
    const faults: Fault[] = [];
    if (!/^\S+@\S+\.\S+$/.test(email)) faults.push({ field: "email", words: t("staff.email.missing") });
    if (!password) faults.push({ field: "password", words: t("sign-in.password.missing") });
    if (faults.length) return this.blame(...faults);
    await this.attempt(() => this.#send("/api/staff/auth/sign-in", { email, password }));
  };

  readonly #answer = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!this.step) return;
    const { challenge, session } = this.step;
    const given = typed(event.currentTarget as HTMLFormElement);
    const answer = given["new_password"] ?? sixDigits(given["answer"] ?? "");
    const faults = challenge === "new_password" ? passwordFault("new_password", answer) : answer.length === 6 ? [] : [{ field: "answer", words: t("authenticator.code.missing") }];
    if (faults.length) return this.blame(...faults);
    await this.attempt(() => this.#send("/api/staff/auth/answer", { email: this.#email, challenge, session, answer }));
  };

  async #send(path: string, body: object): Promise<void> {
    const answer = await callToSignIn<Partial<Step>>(path, body).catch((failure: unknown) => this.#explain(failure));
    if (answer.challenge) {
      this.#arriving ||= answer.challenge === "new_password";
      return this.#go(answer as Step);
    }
    // Before the agenda asks for its days, which begin and end in this zone.
    if (this.#arriving) await takeZoneHere();
    await router.goOn(firstPage(staff.person));
  }

  /** Here it is the address that may be wrong; and in a step, it is time that has run out. */
  #explain(failure: unknown): never {
    if (!(failure instanceof Problem)) throw failure;
    if (failure.code === "wrong_credentials") {
      const code = this.step ? "step_ran_out" : "wrong_staff_credentials";
      this.step = null;
      throw new Problem(code, failure.status);
    }
    if (failure.field === "answer" && this.step?.challenge === "new_password") throw new Problem(failure.code, failure.status, "new_password");
    throw failure;
  }

  async #go(step: Step | null): Promise<void> {
    this.faults = [];
    this.step = step;
    await this.updateComplete;
    this.querySelector("h1")?.focus();
  }
}

customElements.define("staff-sign-in-page", StaffSignInPage);
