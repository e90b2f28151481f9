import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { staff } from "../api/sign-in.ts";
import type { StaffPerson } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { settings } from "../frame/settings.ts";
import { confirmed } from "../parts/confirm.ts";
import { selectField, textField, typed } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { chooseLanguage, locale, nameOfLanguage, t } from "../words/language.ts";
import { listed } from "./lists.ts";

class StaffAccountPage extends Page {
  readonly #intent = new Intent();
  readonly #everywhere = new Intent();

  override opened(): void {
    this.faults = [];
  }

  protected override render(): TemplateResult {
    const person = staff.person;
    if (!person) return this.heading(t("account.heading"));
    return html`${this.summary()} ${this.heading(t("account.heading"))}
      <dl class="facts">
        <div><dt>${t("staff.email")}</dt><dd><bdi dir="ltr">${person.email}</bdi></dd></div>
        <div><dt>${t("staff.roles")}</dt><dd>${listed(person.roles.map((role) => t(`staff.role.${role}`)))}</dd></div>
        <div><dt>${t("account.password")}</dt><dd>••••••••••••</dd><dd><a class="tall" href="/staff/account/password">${t("account.password.change")}</a></dd></div>
        <div><dt>${t("second-factor")}</dt><dd>${t(person.second_factor ? "second-factor.on" : "second-factor.off")}</dd>
          <dd><a class="tall" href="/staff/account/second-factor">${t(person.second_factor ? "second-factor.replace" : "second-factor.add")}</a></dd></div>
        <div><dt>${t("account.reminders")}</dt><dd>${t("account.reminders.text")}</dd><dd><a class="tall" href="/staff/reminders">${t("account.reminders.change")}</a></dd></div>
      </dl>
      <form novalidate @submit=${this.#rename}>
        ${textField({ id: "name", label: t("staff.name"), hint: t("staff.name.hint"), value: person.name, fault: this.faultOf("name"), autocomplete: "name" })}
        <p><button class="button quiet" aria-disabled=${this.busy}>${t("staff.name.save")}</button></p>
      </form>
      <section aria-labelledby="zone-heading">
        <h2 id="zone-heading">${t("account.zone")}</h2>
        ${person.roles.includes("counselor") ? html`<p>${t("staff.zone.text")}</p>` : nothing}
        ${zoneLine(person.zone, (zone) => this.#change({ zone }))}
      </section>
      <section>
        ${selectField({
          id: "language",
          label: t("account.language"),
          value: locale(),
          options: settings().languages.map((tag) => ({ value: tag, label: nameOfLanguage(tag, tag) })),
          onChange: (language) => this.#speak(language),
        })}
      </section>
      <section aria-labelledby="leaving">
        <h2 id="leaving">${t("account.leaving")}</h2>
        <p>${t("account.everywhere.text")}</p>
        <p class="actions">
          <button class="button quiet" @click=${this.#signOut}>${t("account.sign-out")}</button>
          <button class="button quiet" aria-disabled=${this.busy} @click=${this.#signOutEverywhere}>${t("account.everywhere")}</button>
        </p>
      </section>`;
  }

  readonly #rename = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { name = "" } = typed(event.currentTarget as HTMLFormElement);
    if (!name) return this.blame({ field: "name", words: t("staff.name.missing") });
    await this.#change({ name });
  };

  async #speak(language: string): Promise<void> {
    await chooseLanguage(language);
    await this.#change({ language });
  }

  async #change(change: Partial<Pick<StaffPerson, "name" | "zone" | "language">>): Promise<void> {
    const done = await this.attempt(async () => {
      staff.update(await call<StaffPerson>("PATCH", "/api/staff/me", { body: change, intent: this.#intent }));
      this.#intent.done();
    });
    if (done) announce(t("account.saved"));
  }

  async #signOut(): Promise<void> {
    await call("POST", "/api/staff/auth/sign-out", { body: {} }).catch(() => {});
    await leave();
  }

  async #signOutEverywhere(): Promise<void> {
    const sure = await confirmed({ heading: t("account.everywhere.ask"), text: t("account.everywhere.ask.text"), yes: t("account.everywhere") });
    if (!sure) return;
    await this.attempt(async () => {
      await call("POST", "/api/staff/auth/sign-out-everywhere", { body: {}, intent: this.#everywhere });
      await leave();
    });
  }
}

async function leave(): Promise<void> {
  await router.go("/staff/signed-out");
  staff.end();
}

customElements.define("staff-account-page", StaffAccountPage);
