/** The page around a conversation: of a group room, or with a counselor. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { unread } from "../frame/unread.ts";
import { announce } from "../frame/announce.ts";
import { Fetched } from "../parts/fetched.ts";
import { t } from "../words/language.ts";
import { circleLink } from "./circle-link.ts";
import { handoverQuestion } from "./handover.ts";
import "./talk.ts";
import type { Room } from "./types.ts";
import { replyInWords, soon, zoneOf } from "./words.ts";

class TalkPage extends Page {
  readonly #room = new Fetched<Room>(this, () => call("GET", `/api/rooms/${this.params["id"]}`));
  readonly #intent = new Intent();

  override opened(): void {
    if (this.#room.value?.id !== this.params["id"]) this.#room.clear();
    void this.#arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What was read here no longer counts as new in the header.
    void unread.refresh();
  }

  protected override render(): TemplateResult {
    const room = this.#room.value;
    const direct = location.pathname.startsWith("/messages/");
    return html`<div class="talk-page">
      <div class="talk-head">
        <a class="tall" href=${direct ? "/messages" : "/rooms"}>${t(direct ? "threads.back" : "rooms.back")}</a>
        ${this.heading(room ? (room.counselor?.name ?? room.name) : t(direct ? "threads.heading" : "room.heading"))}
        ${direct || !room ? nothing : html`<a class="tall" href="/rooms/${room.id}">${t("room.about.link")}</a>`}
      </div>
      ${this.summary()}
      ${this.#room.render((found) => isIn(found) ? html`
        ${this.#counselor(found)} ${circleLink(found)}
        ${found.handover ? handoverQuestion(found, this.busy, (accept, share) => this.#answer(accept, share)) : nothing}
        <room-talk .room=${found} @room-changed=${(event: CustomEvent<Room>) => this.#changed(event.detail)} @room-gone=${this.#gone}></room-talk>` : nothing)}
    </div>`;
  }

  #counselor({ counselor }: Room): TemplateResult | typeof nothing {
    if (!counselor) return nothing;
    const { absence, name } = counselor;
    if (!absence) return html`<p class="quiet-words reply-within">${replyInWords(counselor.reply_within_hours)} ${t("thread.not-watched")}</p>`;
    return html`<div class="panel ember">
      <p>${t("thread.absent", { name, when: soon(absence.until, zoneOf("/api")) })} ${t("thread.not-watched")}</p>
      ${absence.note ? html`<p dir="auto">${absence.note}</p>` : nothing}
    </div>`;
  }

  async #arrive(): Promise<void> {
    await this.#room.load();
    const room = this.#room.value;
    if (!room || this.#room.failure) return;
    // Whoever is not in the room (any more) reads about it first.
    if (!isIn(room)) return router.go(room.kind === "direct" ? "/messages" : `/rooms/${room.id}`, "replace");
    if ((room.kind === "direct") !== location.pathname.startsWith("/messages/")) return router.go(room.kind === "direct" ? `/messages/${room.id}` : `/rooms/${room.id}/talk`, "replace");
  }

  async #answer(accept: boolean, share: boolean): Promise<void> {
    const done = await this.attempt(async () => {
      const body = { accept, share_history: share, version: this.#room.value?.handover?.version ?? 0 };
      try {
        this.#room.set(await call<Room>("PUT", `/api/rooms/${this.params["id"]}/handover`, { body, intent: this.#intent }));
      } catch (failure) {
        // It was another question than the one that was read: show what is asked now.
        if (failure instanceof Problem && failure.status === 409) void this.#room.load();
        throw failure;
      }
    });
    if (!done) return;
    announce(t(accept ? "handover.accepted" : "handover.declined"));
    await this.readFromHeading();
  }

  #changed(room: Room): void {
    this.#room.set(room);
    if (!isIn(room)) this.#gone();
  }

  readonly #gone = (): void => {
    announce(t("talk.gone"));
    void router.go(this.#room.value?.kind === "direct" ? "/messages" : "/rooms", "replace");
  };
}

customElements.define("talk-page", TalkPage);

function isIn({ membership }: Room): boolean {
  return membership?.status === "joined";
}
