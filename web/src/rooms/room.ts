/** About a group room: what it is, who sees what, and the way in and out. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { ownZone } from "../people/preferences.ts";
import { clock, dateIn, dayAndClock } from "../time/when.ts";
import { zoneInWords } from "../time/zones.ts";
import { locale, nameOfLanguage, t, tCode } from "../words/language.ts";
import "./blocked-list.ts";
import { circleLink } from "./circle-link.ts";
import { gatheringsList } from "./gatherings.ts";
import { invitation, keepInvitation } from "./invitation.ts";
import "./join.ts";
import type { Gathering, Room } from "./types.ts";
import { handle, modeInWords, topicsOf, unreadMark } from "./words.ts";

/** Six days: what is known to go on for as long is said to be always. */
const LONG_MS = 6 * 24 * 3_600_000;

class RoomPage extends Page {
  readonly #intent = new Intent();
  readonly #room = new Fetched<Room>(this, () => this.#fetch());
  readonly #gatherings = new Fetched<readonly Gathering[]>(this, async () => {
    // Whoever is invited and not in yet is not shown the dates.
    if (this.#token()) return [];
    return (await call<{ gatherings: Gathering[] }>("GET", `/api/rooms/${this.params["id"]}/gatherings`)).gatherings;
  });

  override opened(): void {
    this.faults = [];
    if (this.#room.value?.id !== this.params["id"]) for (const fetched of [this.#room, this.#gatherings]) fetched.clear();
    void this.#room.load();
    void this.#gatherings.load();
  }

  protected override render(): TemplateResult {
    return html`<p><a class="tall" href="/rooms">${t("rooms.back")}</a></p>
      ${this.summary()} ${this.heading(this.#room.value?.name ?? t("room.heading"))}
      ${this.#room.render((room) => this.#show(room))}`;
  }

  #show(room: Room): TemplateResult {
    const standing = room.membership;
    const joined = standing?.status === "joined";
    return html`<p class="lead" dir="auto">${room.about}</p>
      ${this.#standing(room)}
      <dl class="facts">
        <div><dt>${t("room.now")}</dt><dd>${room.closed ? t("room.badge.closed") : modeInWords(room.mode, ownZone())}</dd></div>
        ${room.on_duty.length ? html`<div><dt>${t("room.duty")}</dt><dd>${this.#duty(room)}</dd></div>` : nothing}
        <div><dt>${t("room.facilitators")}</dt><dd>${new Intl.ListFormat(locale(), { type: "unit" }).format(room.facilitators.map(({ name }) => name))}</dd></div>
        ${room.topics.length ? html`<div><dt>${t("counselor.topics")}</dt><dd>${topicsOf(room)}</dd></div>` : nothing}
        <div><dt>${t("find.language")}</dt><dd>${nameOfLanguage(room.language)}</dd></div>
        <div><dt>${t("rooms.audience")}</dt><dd>${tCode("audience", room.audience)}</dd></div>
        <div><dt>${t("room.size")}</dt><dd>${t("room.members.of", { count: room.members, most: room.capacity })}</dd></div>
        <div><dt>${t("room.kept")}</dt><dd>${t("room.retention", { count: room.retention_days })}</dd></div>
      </dl>
      <section aria-labelledby="sees">
        <h2 id="sees">${t("home.sees.heading")}</h2>
        <ul>
          <li>${t("room.sees.members")}</li><li>${t("room.sees.facilitators")}</li><li>${t("room.sees.admins")}</li><li>${t("room.sees.copies")}</li>
        </ul>
      </section>
      <section aria-labelledby="guidelines">
        <h2 id="guidelines">${t("room.guidelines")}</h2>
        <p class="written" dir="auto">${room.guidelines}</p>
      </section>
      ${this.#gatherings.value?.length ? html`<section aria-labelledby="gatherings">
        <h2 id="gatherings">${t("gatherings.heading")}</h2>
        ${gatheringsList(this.#gatherings.value, ownZone(), joined, (gathering) => void this.#come(gathering))}
      </section>` : nothing}
      ${this.#way(room)}`;
  }

  #duty({ on_duty }: Room): TemplateResult {
    const [first] = on_duty;
    if (on_duty.length === 1 && first && Date.parse(first.end) - Date.now() > LONG_MS) return html`${t("room.duty.always")}`;
    const zone = ownZone();
    return html`<ul class="plain">${on_duty.map(({ start, end }) => html`<li>${dayAndClock(start, zone)} – ${dateIn(zone, start) === dateIn(zone, end) ? clock(end, zone) : dayAndClock(end, zone)}</li>`)}</ul>
      <span class="quiet-words">${zoneInWords(zone)}</span>`;
  }

  /** Where the reader stands with the room. */
  #standing(room: Room): TemplateResult | typeof nothing {
    const standing = room.membership;
    if (standing?.status === "joined") {
      return html`<div class="panel good">
        <p>${t("room.joined-as")} ${handle(standing.handle)} ${unreadMark(standing.unread)}</p>
        <p><a class="button" href="/rooms/${room.id}/talk">${t("room.open")}</a></p>
        ${circleLink(room)}
      </div>`;
    }
    if (standing?.status === "requested") return html`<div class="panel"><p>${t("room.waiting")}</p></div>`;
    if (standing?.status === "declined" || standing?.status === "removed") {
      return html`<div class="panel ember">
        <p>${t(standing.status === "declined" ? "room.declined" : "room.removed")}</p>
        ${standing.reason ? html`<p>${t("talk.reason")} <span dir="auto">${standing.reason}</span></p>` : nothing}
        ${standing.status === "removed" ? html`<p><a href="/rooms/${room.id}/decisions">${t("talk.decisions")}</a></p>` : nothing}
      </div>`;
    }
    return nothing;
  }

  /** In, or out again. */
  #way(room: Room): TemplateResult {
    const standing = room.membership?.status;
    if (standing === "joined" || standing === "requested") {
      return html`<section aria-labelledby="leave">
        <h2 id="leave">${t(standing === "joined" ? "room.leave" : "room.take-back")}</h2>
        ${standing === "joined" ? html`<p>${t("room.leave.text")}</p>` : nothing}
        <p><button class="button quiet" aria-disabled=${this.busy} @click=${() => this.#leave(room)}>${t(standing === "joined" ? "room.leave" : "room.take-back")}</button></p>
        ${standing === "joined" ? html`<blocked-list .room=${room.id}></blocked-list><p><a class="tall" href="/rooms/${room.id}/decisions">${t("decisions.heading")}</a></p>` : nothing}
      </section>`;
    }
    if (standing === "declined" || standing === "removed") return html``;
    if (room.closed) return html`<p class="panel">${t("room.closed")}</p>`;
    if (room.members >= room.capacity) return html`<p class="panel">${t("room.full")}</p>`;
    return html`<room-join .room=${room} .invitation=${this.#token()} @joined=${(event: CustomEvent<Room>) => this.#joined(event.detail)}
      @room-outdated=${() => void this.#room.load()}></room-join>`;
  }

  #token(): string {
    const held = invitation();
    return held && held.room === this.params["id"] ? held.token : "";
  }

  /** A room by invitation shows itself to nobody else; the token says that the reader is invited. */
  async #fetch(): Promise<Room> {
    const [id, token] = [this.params["id"], this.#token()];
    return token ? call<Room>("POST", "/api/invitations", { body: { token } }) : call<Room>("GET", `/api/rooms/${id}`);
  }

  #joined(room: Room): void {
    this.#room.set(room);
    if (this.#token()) keepInvitation(null);
    if (room.membership?.status === "joined") return void router.go(`/rooms/${room.id}/talk`);
    announce(t("room.waiting"));
    void this.readFromHeading();
  }

  async #leave({ id, membership }: Room): Promise<void> {
    const asks = membership?.status === "joined";
    if (asks && !(await confirmed({ heading: t("room.leave.ask"), text: t("room.leave.text"), yes: t("room.leave"), no: t("room.leave.no") }))) return;
    const left = await this.attempt(async () => {
      await call("DELETE", `/api/rooms/${id}/membership`, { body: {}, intent: this.#intent });
    });
    if (!left) return;
    announce(t(asks ? "room.left" : "room.taken-back"));
    await router.go("/rooms");
  }

  async #come({ id, am_coming }: Gathering): Promise<void> {
    const done = await this.attempt(async () => {
      const address = `/api/rooms/${this.params["id"]}/gatherings/${id}/coming`;
      const now = await call<Gathering>("PUT", address, { body: { coming: !am_coming }, intent: this.#intent });
      this.#gatherings.set((this.#gatherings.value ?? []).map((one) => (one.id === id ? now : one)));
    });
    if (done) announce(t(am_coming ? "gatherings.not-coming.done" : "gatherings.coming.done"));
  }
}

customElements.define("room-page", RoomPage);
