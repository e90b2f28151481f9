/** How each room is doing at this moment, and who in them needs a word. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../words/language.ts";
import { ageInWords } from "./age.ts";
import type { Pulse, WordNeeded } from "./types.ts";
import { modeInWords } from "./words.ts";

export function pulse(rooms: readonly Pulse[], zone: string, now: number): TemplateResult {
  return html`<section aria-labelledby="pulse-heading">
    <h2 id="pulse-heading">${t("staff.pulse.heading")}</h2>
    ${rooms.length
      ? html`<ul class="pulse">${rooms.map((room) => one(room, zone, now))}</ul>`
      : html`<p class="quiet-words">${t("staff.rooms.none")} <a href="/staff/rooms/new">${t("staff.rooms.new")}</a></p>`}
  </section>`;
}

function one(of: Pulse, zone: string, now: number): TemplateResult {
  return html`<li class="pulse-room">
    <h3><a href="/staff/rooms/${of.room_id}">${of.name}</a></h3>
    <p><span class="tag ${of.mode.mode}">${modeInWords(of.mode, zone, now)}</span></p>
    <p>${t("staff.rooms.here", { count: of.here })} · ${t("staff.pulse.today", { count: of.messages_today })}</p>
    <p class="quiet-words">${of.last_posted_at ? t("staff.pulse.last", { age: ageInWords(of.last_posted_at, now) }) : t("staff.pulse.silent")}${of.waiting ? html` · <strong>${t("staff.rooms.waiting", { count: of.waiting })}</strong>` : nothing}</p>
  </li>`;
}

export function wordsNeeded(found: readonly WordNeeded[]): TemplateResult | typeof nothing {
  if (!found.length) return nothing;
  return html`<section aria-labelledby="needed-heading">
    <h2 id="needed-heading">${t("staff.needed.heading")}</h2>
    <p>${t("staff.needed.text")}</p>
    <ul class="needed">${found.map((of) => html`<li>
      <p><a class="tall" href="/staff/rooms/${of.room_id}/members/${of.member.id}"><bdi dir="ltr">${of.member.handle}</bdi></a> · <bdi>${of.room_name}</bdi></p>
      <p>${t(`staff.needed.${of.why}`)}</p>
    </li>`)}</ul>
  </section>`;
}
