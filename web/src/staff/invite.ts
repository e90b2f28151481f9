import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { type Fault, Page } from "../frame/page.ts";
import { settings } from "../frame/settings.ts";
import { selectField, textField, typed } from "../parts/field.ts";
import { locale, nameOfLanguage, t } from "../words/language.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { roleChoices } from "./role-choices.ts";
import type { Invitation, Role } from "./types.ts";
import { leaveUnsaved } from "./unsaved.ts";

class InvitePage extends Page {
  unsaved = false;
  @state() private roles: readonly Role[] = ["counselor"];
  @state() private invitation: Invitation | null = null;
  readonly #intent = new Intent();

  override opened(): void {
    this.faults = [];
    this.roles = ["counselor"];
    this.invitation = null;
    this.unsaved = false;
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    const made = this.invitation;
    return html`${this.summary()} ${this.heading(made ? t("invite.done.heading", { name: made.person.name }) : t("invite.heading"))}
      ${made ? this.#done(made) : this.#form()}`;
  }

  #form(): TemplateResult {
    return html`<p>${t("invite.text")}</p>
      <form novalidate @submit=${this.#invite} @input=${() => (this.unsaved = true)}>
        ${textField({ id: "email", type: "email", label: t("staff.email"), fault: this.faultOf("email"), inputmode: "email", latin: true })}
        ${textField({ id: "name", label: t("staff.name"), hint: t("staff.name.hint"), fault: this.faultOf("name") })}
        ${roleChoices(this.roles, this.faultOf("roles"), (roles) => (this.roles = roles))}
        ${selectField({
          id: "language", label: t("invite.language"), value: locale(), fault: this.faultOf("language"),
          options: settings().languages.map((tag) => ({ value: tag, label: nameOfLanguage(tag, tag) })),
        })}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("invite.send")}</button>
          <a class="button quiet" href="/staff/people">${t("cancel")}</a>
        </p>
      </form>`;
  }

  #done(made: Invitation): TemplateResult {
    return html`${oneTimePassword(made)}
      <p class="actions">
        <a class="button" href="/staff/people">${t("people.back")}</a>
        <button class="button quiet" @click=${this.#another}>${t("invite.another")}</button>
      </p>`;
  }

  readonly #invite = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { email = "", name = "", language = "en" } = typed(event.currentTarget as HTMLFormElement);
    const faults: Fault[] = [];
    if (!/^\S+@\S+\.\S+$/.test(email)) faults.push({ field: "email", words: t("staff.email.missing") });
    if (!name) faults.push({ field: "name", words: t("staff.name.missing") });
    if (!this.roles.length) faults.push({ field: "roles", words: t("staff.roles.missing") });
    if (faults.length) return this.blame(...faults);
    const done = await this.attempt(async () => {
      this.invitation = await call<Invitation>("POST", "/api/staff/people", { body: { email, name, roles: this.roles, language }, intent: this.#intent });
      this.#intent.done();
      this.unsaved = false;
    });
    if (done) await this.#toHeading();
  };

  async #another(): Promise<void> {
    this.opened();
    await this.#toHeading();
  }

  async #toHeading(): Promise<void> {
    await this.updateComplete;
    this.querySelector("h1")?.focus();
  }
}

customElements.define("invite-page", InvitePage);
