/** What one was told, the latest first, and what of it is new. For clients and staff. */

import { html, nothing, type TemplateResult } from "lit";
import { member, staff } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { dayAndClock } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { t } from "../words/language.ts";
import { ask, leadsTo, markRead, type Notice, type Notices, sideOf } from "./notices.ts";

class NoticesPage extends Page {
  readonly #notices = new Fetched<Notices>(this, () => this.#read());

  override opened(): void {
    this.#notices.clear();
    void this.#notices.load();
  }

  protected override render(): TemplateResult {
    const side = sideOf(location.pathname);
    return html`${this.heading(t("notices.heading"))}
      ${this.#notices.render(({ notices }) => notices.length
        ? html`<ul class="notices">${notices.map((notice) => this.#notice(notice))}</ul><p class="quiet-words">${t("notices.kept")}</p>`
        : html`<p>${t("notices.none")}</p>`)}
      <p><a class="tall" href="${side}/reminders">${t("notices.settings")}</a></p>`;
  }

  #notice(notice: Notice): TemplateResult {
    const side = sideOf(location.pathname);
    const zone = (side ? staff : member).person?.zone ?? zoneHere();
    const when = dayAndClock(notice.start, zone);
    const until = notice.until ? dayAndClock(notice.until, zone) : "";
    return html`<li class=${notice.unread ? "new" : ""}>
      <p><a class="tall" href=${leadsTo(notice, side)}>${t(side && notice.kind === "unattended" ? "notice.unattended.staff" : `notice.${notice.kind}`, { when, until })}</a>
        ${notice.more ? t("notices.more", { count: notice.more }) : nothing}
        ${notice.unread ? html`<span class="unread">${t("notices.new")}</span>` : nothing}</p>
      <p class="quiet-words">${t(notice.own ? "notices.own" : "notices.told", { when: dayAndClock(notice.at, zone) })}</p>
    </li>`;
  }

  /** They stay marked as new while the page is open; elsewhere they count as read from now on. */
  async #read(): Promise<Notices> {
    const side = sideOf(location.pathname);
    const found = await ask(side);
    if (found.unread) void markRead(found, side).then(() => document.dispatchEvent(new Event("notices-read")), () => {});
    return found;
  }
}

customElements.define("notices-page", NoticesPage);
