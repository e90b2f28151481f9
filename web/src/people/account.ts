import { html, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { member } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { settings } from "../frame/settings.ts";
import { confirmed } from "../parts/confirm.ts";
import { selectField } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { chooseLanguage, locale, nameOfLanguage, t } from "../words/language.ts";
import { ownZone, prefer } from "./preferences.ts";

class AccountPage extends Page {
  readonly #everywhere = new Intent();

  override connectedCallback(): void {
    super.connectedCallback();
    member.addEventListener("change", this.#changed);
  }

  override disconnectedCallback(): void {
    member.removeEventListener("change", this.#changed);
    super.disconnectedCallback();
  }

  override opened(): void {
    this.faults = [];
  }

  protected override render(): TemplateResult {
    const count = member.person?.recovery_codes_left ?? 0;
    return html`${this.summary()} ${this.heading(t("account.heading"))}
      <dl class="facts">
        <div><dt>${t("account.name")}</dt><dd><bdi dir="ltr">${member.person?.handle}</bdi></dd></div>
        <div><dt>${t("account.password")}</dt><dd>••••••••••••</dd><dd><a class="tall" href="/account/password">${t("account.password.change")}</a></dd></div>
        <div><dt>${t("account.codes")}</dt><dd>${t("account.codes.left", { count })}</dd><dd><a class="tall" href="/account/codes">${t("account.codes.new")}</a></dd></div>
        <div><dt>${t("account.reminders")}</dt><dd>${t("account.reminders.text")}</dd><dd><a class="tall" href="/reminders">${t("account.reminders.change")}</a></dd></div>
      </dl>
      <section aria-labelledby="zone-heading">
        <h2 id="zone-heading">${t("account.zone")}</h2>
        ${zoneLine(ownZone(), (zone) => this.#prefer({ zone }))}
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

  async #speak(language: string): Promise<void> {
    await chooseLanguage(language);
    await this.#prefer({ language });
  }

  async #prefer(change: { zone: string } | { language: string }): Promise<void> {
    if (await this.attempt(() => prefer(change))) announce(t("account.saved"));
  }

  async #signOut(): Promise<void> {
    await call("POST", "/api/auth/sign-out", { body: {} }).catch(() => {});
    await this.#leave();
  }

  async #signOutEverywhere(): Promise<void> {
    const sure = await confirmed({ heading: t("account.everywhere.ask"), text: t("account.everywhere.ask.text"), yes: t("account.everywhere") });
    if (!sure) return;
    await this.attempt(async () => {
      await call("POST", "/api/auth/sign-out-everywhere", { body: {}, intent: this.#everywhere });
      await this.#leave();
    });
  }

  async #leave(): Promise<void> {
    await router.go("/");
    member.leave();
    announce(t("signed-out.done"));
  }

  readonly #changed = (): void => this.requestUpdate();
}

customElements.define("account-page", AccountPage);
