/** A group room in a list. */

import { html, nothing, type TemplateResult } from "lit";
import { ownZone } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { nameOfLanguage, t, tCode } from "../words/language.ts";
import type { RoomCard } from "./types.ts";
import { badge, topicsOf, unreadMark } from "./words.ts";

export function roomCard(room: RoomCard): TemplateResult {
  const { id, name, about, members, membership, next_gathering, closed } = room;
  const joined = membership?.status === "joined";
  return html`<li class="card room-card">
    <div>
      <h3><a href=${joined ? `/rooms/${id}/talk` : `/rooms/${id}`}><bdi>${name}</bdi></a> ${joined ? unreadMark(membership.unread) : nothing}</h3>
      <p>${closed ? html`<span class="badge resting">${t("room.badge.closed")}</span>` : badge(room.mode.mode)}
        ${membership?.status === "requested" ? html` <span class="badge">${t("room.requested")}</span>` : nothing}</p>
      <p class="about" dir="auto">${about}</p>
      <p class="quiet-words">${topicsOf(room)}${room.tags.length ? html`<br><span dir="auto">${room.tags.join(" · ")}</span>` : nothing}<br>
        ${nameOfLanguage(room.language)} · ${tCode("audience", room.audience)} · ${tCode("entry", room.entry)} · ${t("room.members", { count: members })}</p>
      ${next_gathering ? html`<p class="next">${t("room.next-gathering", { when: dayAndClock(next_gathering.start, ownZone()) })}</p>` : nothing}
      ${joined ? html`<p><a class="tall over" href="/rooms/${id}">${t("room.about.link")}</a></p>` : nothing}
    </div>
  </li>`;
}
