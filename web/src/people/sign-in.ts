import { html, nothing, type TemplateResult } from "lit";
import { callToSignIn } from "../api/call.ts";
import { type Fault, Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { textField, typed } from "../parts/field.ts";
import { passwordField } from "../parts/password.ts";
import { t } from "../words/language.ts";

class SignInPage extends Page {
  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("sign-in.heading"))}
      ${router.wanted ? html`<p class="panel">${t("signed-out.notice")}</p>` : nothing}
      <form novalidate @submit=${this.#signIn}>
        ${textField({ id: "handle", label: t("sign-in.handle"), hint: t("sign-in.handle.hint"), fault: this.faultOf("handle"), autocomplete: "username", latin: true })}
        ${passwordField({ id: "password", label: t("register.password"), fault: this.faultOf("password"), autocomplete: "current-password" })}
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("sign-in.button")}</button></p>
      </form>
      <ul class="plain">
        <li><a class="tall" href="/recover">${t("sign-in.forgot")}</a></li>
        <li><a class="tall" href="/register">${t("sign-in.new")}</a></li>
      </ul>`;
  }

  readonly #signIn = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { handle = "", password = "" } = typed(event.currentTarget as HTMLFormElement);
    const faults: Fault[] = [];
    if (!handle) faults.push({ field: "handle", words: t("sign-in.handle.missing") });
    if (!password) faults.push({ field: "password", words: t("sign-in.password.missing") });
    if (faults.length) return this.blame(...faults);
    await this.attempt(async () => {
      await callToSignIn("/api/auth/sign-in", { handle: handle.toLowerCase(), password });
      await router.goOn("/counselors");
    });
  };
}

customElements.define("sign-in-page", SignInPage);
