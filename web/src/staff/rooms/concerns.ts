/** Worries about somebody's safety: who looks after them, and what was done. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { t } from "../../words/language.ts";
import { listed } from "../../words/listed.ts";
import { ladder } from "../meetings/ladder.ts";
import { ageInWords } from "./age.ts";
import { asked } from "./ask.ts";
import { byUrgency } from "./order.ts";
import type { Concern } from "./types.ts";

const LONGEST_NOTE = 1000;

interface Doing {
  readonly now: number;
  readonly busy: boolean;
  /** Where the conversation of a concern's room is. */
  readonly place: (of: Concern) => string;
  readonly acknowledge: (of: Concern) => void;
  readonly resolve: (of: Concern) => void;
}

export function concerns(found: readonly Concern[], doing: Doing): TemplateResult {
  return html`<section class="concerns" aria-labelledby="concerns-heading">
    <h2 id="concerns-heading" tabindex="-1">${t("staff.concerns.heading", { count: found.length })}</h2>
    ${found.length
      ? html`<ul class="queue">${repeat(byUrgency(found), ({ id }) => id, (of) => one(of, doing))}</ul> <details class="ladder"><summary>${t("staff.ladder.heading")}</summary> ${ladder()}</details>`
      : html`<p class="quiet-words">${t("staff.concerns.none")}</p>`}
  </section>`;
}

function one(of: Concern, { now, busy, place, acknowledge, resolve }: Doing): TemplateResult {
  const read = t(of.seq ? "staff.concerns.read" : "staff.concerns.room");
  const about = listed(of.member.handle, of.room_name);
  return html`<li class="queued concern ${of.level}">
    <p class="queued-what"><strong>${t(`staff.concerns.${of.level}`)}</strong> <span class="quiet-words">${ageInWords(of.raised_at, now)}</span></p>
    <p><bdi dir="ltr">${of.member.handle}</bdi> · <bdi>${of.room_name}</bdi>${of.status === "escalated" ? html` <span class="tag">${t("staff.concerns.escalated")}</span>` : nothing}</p>
    ${of.raised_by ? html`<p>${t("staff.concerns.raised", { name: of.raised_by })}${of.raised_note ? html` <span class="typed">${of.raised_note}</span>` : nothing}</p>` : nothing}
    ${of.status === "acknowledged" ? html`<p>${t("staff.concerns.acknowledged", { name: of.acknowledged_by, age: ageInWords(of.acknowledged_at ?? of.raised_at, now) })}</p>` : nothing}
    <p class="actions">
      ${of.status === "acknowledged"
        ? html`<button type="button" class="button" aria-disabled=${busy} aria-label="${t("staff.concerns.resolve")}: ${about}" @click=${() => resolve(of)}>${t("staff.concerns.resolve")}</button>`
        : html`<button type="button" class="button" aria-disabled=${busy} aria-label="${t("staff.concerns.acknowledge")}: ${about}" @click=${() => acknowledge(of)}>${t("staff.concerns.acknowledge")}</button>`}
      <a class="tall" href=${place(of)} aria-label="${read}: ${about}">${read}</a>
    </p>
  </li>`;
}

export async function openConcerns(): Promise<readonly Concern[]> {
  const found = (await call<{ concerns: readonly Concern[] }>("GET", "/api/staff/concerns")).concerns;
  return found.filter(({ status }) => status !== "resolved");
}

export function acknowledge({ id, room_id, version }: Concern, intent: Intent): Promise<Concern> {
  return call("POST", `/api/staff/rooms/${room_id}/concerns/${id}/acknowledge`, { body: { version }, intent });
}

/** Asks what was done. Answers whether it is resolved. */
export function resolve({ id, room_id, version, member }: Concern): Promise<boolean> {
  const intent = new Intent();
  return asked({
    heading: t("staff.concerns.resolve.heading", { handle: member.handle }), label: t("staff.concerns.note"), hint: t("staff.concerns.note.hint"),
    yes: t("staff.concerns.resolve.yes"), longest: LONGEST_NOTE,
  }, async (note) => {
    await call("POST", `/api/staff/rooms/${room_id}/concerns/${id}/resolve`, { body: { version, note }, intent });
  });
}
