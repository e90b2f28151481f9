/** A counselor's conversations with clients, one to one. */

import { html, nothing, type TemplateResult } from "lit";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import { Page } from "../../frame/page.ts";
import { unread } from "../../frame/unread.ts";
import { Fetched } from "../../parts/fetched.ts";
import { t } from "../../words/language.ts";
import { Refocus } from "../refocus.ts";
import { ageInWords } from "./age.ts";
import { acknowledge, concerns, openConcerns, resolve } from "./concerns.ts";
import { Every } from "./every.ts";
import { threads } from "./own-rooms.ts";
import type { Concern, StaffRoom } from "./types.ts";

const FRESH_EVERY_MS = 30_000;

interface Shown {
  readonly rooms: readonly StaffRoom[];
  readonly concerns: readonly Concern[];
}

class ThreadsPage extends Page {
  readonly #shown = new Fetched<Shown>(this, ask);
  readonly #acknowledging = new Intent();

  constructor() {
    super();
    new Refocus(this, () => void this.#refresh());
    new Every(this, FRESH_EVERY_MS, () => void this.#refresh());
  }

  override opened(): void {
    this.faults = [];
    void this.#shown.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("staff.messages.heading"))}
      <p><a class="tall" href="/staff/desk">${t("staff.messages.desk")}</a></p>
      ${this.#shown.render((shown) => html`${shown.concerns.length ? concerns(shown.concerns, {
          now: Date.now(), busy: this.busy, place: ({ room_id, seq }) => `/staff/messages/${room_id}${seq ? `#message-${seq}` : ""}`,
          acknowledge: (of) => void this.#acknowledge(of), resolve: (of) => void this.#resolve(of),
        }) : nothing}
        ${shown.rooms.length ? html`<ul class="threads" aria-label=${t("staff.messages.heading")}>${shown.rooms.map((of) => thread(of, Date.now()))}</ul>` : html`<p class="panel">${t("staff.messages.none")}</p>`}`)}`;
  }

  async #acknowledge(of: Concern): Promise<void> {
    const done = await this.attempt(async () => {
      await acknowledge(of, this.#acknowledging).finally(() => void this.#refresh());
    });
    if (done) announce(t("staff.concerns.acknowledged.done"));
  }

  async #resolve(of: Concern): Promise<void> {
    if (!(await resolve(of))) return;
    await this.#refresh();
    announce(t("staff.concerns.resolved.done"));
  }

  /** What is on the screen stays there when the connection is gone. */
  async #refresh(): Promise<void> {
    const found = await ask().catch(() => null);
    if (found) this.#shown.set(found);
  }
}

function thread(of: StaffRoom, now: number): TemplateResult {
  const unread = of.membership?.unread ?? 0;
  return html`<li class="thread ${unread ? "waits" : ""}">
    <a href="/staff/messages/${of.id}"><bdi dir="ltr">${of.name}</bdi></a>
    <span>${unread ? html`<strong>${t("staff.rooms.unread", { count: unread })}</strong>` : html`<span class="quiet-words">${t("staff.messages.read")}</span>`}
      <span class="quiet-words">· ${t("staff.messages.active", { age: ageInWords(of.active_at, now) })}</span>
      ${of.handover ? html`<span class="tag">${t("staff.handover.asked", { name: of.handover.to_name })}</span>` : nothing}
      ${of.closed ? html`<span class="tag">${t("staff.room.closed")}</span>` : nothing}</span>
  </li>`;
}

async function ask(): Promise<Shown> {
  const [direct, worries] = await Promise.all([threads(), openConcerns()]);
  unread.note("/staff/messages", direct.reduce((sum, { membership }) => sum + (membership?.unread ?? 0), 0));
  const mine = new Set(direct.map(({ id }) => id));
  return { rooms: direct, concerns: worries.filter(({ room_id }) => mine.has(room_id)) };
}

customElements.define("staff-threads-page", ThreadsPage);
