/** The frame around every page: safety bar, header, the page itself, footer. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { member, staff } from "../api/sign-in.ts";
import { chooseLanguage, direction, type Key, locale, nameOfLanguage, t } from "../words/language.ts";
import { announce } from "./announce.ts";
import { brand, footer, safetyBar } from "./furniture.ts";
import { Part } from "./part.ts";
import { router } from "./router.ts";
import { settings } from "./settings.ts";
import type { Unread } from "./unread.ts";

const CLIENT_LINKS = [
  ["/counselors", "nav.find"], ["/appointments", "nav.appointments"], ["/rooms", "nav.rooms"], ["/messages", "nav.messages"], ["/account", "nav.account"],
] as const;

class Shell extends Part {
  @state() private loading = false;
  @state() private online = navigator.onLine;
  readonly #languageIntent = new Intent();
  #unread: Unread | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    router.addEventListener("loading", () => (this.loading = true));
    router.addEventListener("change", () => {
      this.loading = false;
      this.requestUpdate();
      void this.#count();
    });
    for (const signIn of [member, staff]) signIn.addEventListener("change", () => void this.#count());
    // Who is here may have been known before there was a header.
    void this.#count();
    for (const event of ["online", "offline"]) addEventListener(event, () => this.#connection());
  }

  protected override render(): TemplateResult {
    return html`
      ${safetyBar(html, t, locale())}
      <header class="header">
        <div class="header-line"><div class="measure">
          ${brand(html, t)} ${this.#languages()}
        </div></div>
        ${this.#nav()}
      </header>
      <main id="main" class="measure" tabindex="-1" aria-busy=${this.loading}>
        ${this.online ? nothing : html`<p class="notice">${t("offline.notice")}</p>`}
        ${this.loading ? html`<p class="waiting top">${t("waiting")}</p>` : nothing} ${router.page}
      </main>
      ${footer(html, t, locale(), settings().organisation, settings().contact_email)}
      <p id="announcer" class="heard-only" role="status" aria-live="polite"></p>
    `;
  }

  #nav(): TemplateResult {
    const here = location.pathname;
    return html`<nav class="nav measure" aria-label=${t("nav.label")}>
      <ul>
        ${this.#links().map(([address, label]) => html`<li>
          <a href=${address} aria-current=${here === address ? "page" : here.startsWith(`${address}/`) ? "true" : nothing}>${t(label)}${this.#waiting(address)}</a>
        </li>`)}
        ${this.#signedIn() ? html`<li class="push"><notices-bell></notices-bell></li><li><button class="link" @click=${this.#signOut}>${t("nav.sign-out")}</button></li>` : nothing}
      </ul>
    </nav>`;
  }

  /** Loaded for whoever is signed in: nobody else has messages. */
  async #count(): Promise<void> {
    if (!member.person && !staff.person) return;
    void import("../reminders/bell.ts").catch(() => {});
    const { unread } = await import("./unread.ts");
    if (!this.#unread) unread.addEventListener("change", () => this.requestUpdate());
    this.#unread = unread;
    await unread.look();
  }

  #waiting(address: string): TemplateResult | typeof nothing {
    const count = this.#unread?.counts[address];
    return count ? html` <span class="unread" aria-hidden="true">${count}</span><span class="heard-only">, ${t(address === "/staff/moderation" ? "staff.nav.waiting" : "nav.unread", { count })}</span>` : nothing;
  }

  #links(): readonly (readonly [string, Key])[] {
    if (this.#amongStaff()) return staff.person ? (router.staffRoutes?.links(staff.person) ?? []) : [];
    if (member.likely) return CLIENT_LINKS;
    return staff.likely ? [["/staff", "nav.staff"]] : [["/sign-in", "nav.sign-in"], ["/register", "nav.register"]];
  }

  #languages(): TemplateResult {
    const others = settings().languages.filter((language) => language !== locale());
    return html`<ul class="languages" aria-label=${t("language.label")}>
      ${others.map((language) => html`<li>
        <button class="link" lang=${language} @click=${() => this.#speak(language)}>${nameOfLanguage(language, language)}</button>
      </li>`)}
    </ul>`;
  }

  async #speak(language: string): Promise<void> {
    await chooseLanguage(language);
    document.documentElement.dir = direction();
    announce(nameOfLanguage(language));
    const address = this.#amongStaff() ? "/api/staff/me" : "/api/me";
    if (!this.#signedIn()) return;
    // Kept with the account so that reminders speak it too. The page already does: a failure here is no one's trouble.
    await call("PATCH", address, { body: { language }, intent: this.#languageIntent }).catch(() => {});
  }

  async #signOut(): Promise<void> {
    const [signIn, door] = this.#amongStaff() ? [staff, "/staff/signed-out"] : [member, "/"];
    await call("POST", `${signIn.prefix}/auth/sign-out`, { body: {} }).catch(() => {});
    await router.go(door);
    signIn.leave();
    announce(t("signed-out.done"));
  }

  #amongStaff(): boolean {
    return location.pathname.startsWith("/staff");
  }

  #signedIn(): boolean {
    return Boolean((this.#amongStaff() ? staff : member).person);
  }

  #connection(): void {
    this.online = navigator.onLine;
    announce(t(this.online ? "online.notice" : "offline.notice"));
  }
}

customElements.define("hearth-shell", Shell);
