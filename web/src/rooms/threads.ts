/** The conversations somebody has with counselors, the latest first. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { t } from "../words/language.ts";
import type { RoomCard } from "./types.ts";
import { replyInWords, unreadMark } from "./words.ts";

class ThreadsPage extends Page {
  readonly #threads = new Fetched(this, async () => (await call<{ rooms: RoomCard[] }>("GET", "/api/memberships")).rooms.filter(({ kind }) => kind === "direct"));

  override opened(): void {
    void this.#threads.load();
  }

  protected override render(): TemplateResult {
    return html`${this.heading(t("threads.heading"))}
      <p>${t("threads.text")}</p>
      ${this.#threads.render((threads) => threads.length ? html`<ul class="cards">${threads.map(thread)}</ul>` : html`<div class="panel">
        <p>${t("threads.none")}</p>
        <p><a class="button" href="/counselors">${t("nav.find")}</a></p>
      </div>`)}`;
  }
}

function thread({ id, name, counselor, membership, handover }: RoomCard): TemplateResult {
  return html`<li class="card"><div>
    <h2><a href="/messages/${id}"><bdi>${counselor?.name ?? name}</bdi></a> ${unreadMark(membership?.unread ?? 0)}</h2>
    ${handover ? html`<p><strong>${t("threads.handover")}</strong></p>` : nothing}
    ${counselor ? html`<p class="quiet-words">${replyInWords(counselor.reply_within_hours)}</p>` : nothing}
  </div></li>`;
}

customElements.define("threads-page", ThreadsPage);
