/** The rooms that a facilitator runs. */

import { html, nothing, type TemplateResult } from "lit";
import { staff } from "../../api/sign-in.ts";
import { Page } from "../../frame/page.ts";
import { Fetched } from "../../parts/fetched.ts";
import { dayAndClock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { Refocus } from "../refocus.ts";
import { groups } from "./own-rooms.ts";
import type { StaffRoom } from "./types.ts";
import { modeInWords } from "./words.ts";

class StaffRoomsPage extends Page {
  readonly #rooms = new Fetched<readonly StaffRoom[]>(this, groups);

  constructor() {
    super();
    new Refocus(this, () => void groups().then((rooms) => this.#rooms.set(rooms), () => {}));
  }

  override opened(): void {
    void this.#rooms.load();
  }

  protected override render(): TemplateResult {
    return html`${this.heading(t("staff.rooms.heading"))}
      <p class="actions first"><a class="button" href="/staff/rooms/new">${t("staff.rooms.new")}</a></p>
      ${this.#rooms.render((rooms) => rooms.length
        ? html`<ul class="room-cards" aria-label=${t("staff.rooms.heading")}>${rooms.map(card)}</ul>`
        : html`<p class="panel">${t("staff.rooms.none")}</p>`)}`;
  }
}

function card(room: StaffRoom): TemplateResult {
  const zone = staff.person?.zone ?? zoneHere();
  const address = `/staff/rooms/${room.id}`;
  return html`<li class="room-card ${room.closed ? "closed" : room.mode.mode}">
    <h2><a href=${address}>${room.name}</a></h2>
    <p class="room-state"><span class="tag ${room.mode.mode}">${room.closed ? t("staff.room.closed") : modeInWords(room.mode, zone)}</span>
      ${room.invitation || room.entry === "invitation" ? html`<span class="tag">${t("staff.rooms.invited")}</span>` : nothing}</p>
    <p>${t("staff.rooms.joined", { count: room.members })}${room.here === null ? nothing : html` · ${t("staff.rooms.here", { count: room.here })}`}
      ${room.membership?.unread ? html` · <strong>${t("staff.rooms.unread", { count: room.membership.unread })}</strong>` : nothing}</p>
    ${room.next_gathering ? html`<p class="quiet-words">${t("staff.rooms.gathering", { when: dayAndClock(room.next_gathering.start, zone) })}</p>` : nothing}
    ${room.waiting ? html`<p class="room-waiting"><a class="tall" href="/staff/moderation">${t("staff.rooms.waiting", { count: room.waiting })}</a></p>` : nothing}
    <p class="room-ways"><a class="tall" href=${address} aria-label="${t("staff.rooms.open")}: ${room.name}">${t("staff.rooms.open")}</a>
      <a class="tall" href="${address}/members" aria-label="${t("staff.room.nav.members")}: ${room.name}">${t("staff.room.nav.members")}</a>
      <a class="tall" href="${address}/rota" aria-label="${t("staff.room.nav.rota")}: ${room.name}">${t("staff.room.nav.rota")}</a>
      <a class="tall" href="${address}/settings" aria-label="${t("staff.room.nav.settings")}: ${room.name}">${t("staff.room.nav.settings")}</a></p>
  </li>`;
}

customElements.define("staff-rooms-page", StaffRoomsPage);
