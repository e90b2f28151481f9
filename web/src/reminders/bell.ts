/** `<notices-bell>`: the way to what one was told, and how much of it is new. Asks on loading and when somebody comes back, never in between. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { member, staff } from "../api/sign-in.ts";
import { Part } from "../frame/part.ts";
import { router } from "../frame/router.ts";
import { needWords, t } from "../words/language.ts";
import { ask, type Side, sideOf } from "./notices.ts";

const STALE_MS = 60_000;

class NoticesBell extends Part {
  @state() private ready = false;
  @state() private count = 0;
  #askedAt = -Infinity;
  #side: Side = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["notices-bell"]).then(() => (this.ready = true), () => {});
    document.addEventListener("visibilitychange", this.#back);
    document.addEventListener("notices-read", this.#read);
    router.addEventListener("change", this.#moved);
    void this.#ask();
  }

  override disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#back);
    document.removeEventListener("notices-read", this.#read);
    router.removeEventListener("change", this.#moved);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult | typeof nothing {
    const side = sideOf(location.pathname);
    if (!this.ready) return nothing;
    const address = `${side}/notices`;
    return html`<a class="bell" href=${address} aria-current=${location.pathname === address ? "page" : nothing}>
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zM9.500 19.500a2.500 2.500 0 0 0 5 0" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" /></svg>
      <span class="heard-only">${t("bell.label")}</span>
      ${this.count ? html`<span class="unread" aria-hidden="true">${this.count}</span><span class="heard-only">, ${t("bell.new", { count: this.count })}</span>` : nothing}</a>`;
  }

  async #ask(): Promise<void> {
    const side = (this.#side = sideOf(location.pathname));
    if (!(side ? staff : member).person) return;
    this.#askedAt = performance.now();
    // A failure only means that the header says nothing new.
    this.count = (await ask(side).catch(() => null))?.unread ?? this.count;
  }

  readonly #back = (): void => {
    if (!document.hidden && performance.now() - this.#askedAt > STALE_MS) void this.#ask();
  };
  readonly #read = (): void => {
    this.count = 0;
  };
  /** Somebody who is a client and works here has notices on both sides. */
  readonly #moved = (): void => {
    this.requestUpdate();
    if (this.#side !== sideOf(location.pathname)) void this.#ask();
  };
}

customElements.define("notices-bell", NoticesBell);
