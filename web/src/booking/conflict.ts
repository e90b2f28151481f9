/** When a time is gone: said kindly, with the next free times one tap away. */

import { html, nothing, type TemplateResult } from "lit";
import { Problem } from "../api/problem.ts";
import type { Slot } from "../api/types.ts";
import { dayAndClock } from "../time/when.ts";
import { zoneInWords } from "../time/zones.ts";
import { t, tCode } from "../words/language.ts";

export interface Conflict {
  readonly code: string;
  readonly next: readonly Slot[];
}

const ABOUT_THE_TIME = new Set(["slot_taken", "already_booked_then", "slot_not_offered"]);

/** Null when the failure is about something else. */
export function conflictOf(failure: unknown): Conflict | null {
  if (!(failure instanceof Problem) || !ABOUT_THE_TIME.has(failure.code)) return null;
  const next = failure.extra["next_slots"];
  return { code: failure.code, next: Array.isArray(next) ? (next as Slot[]) : [] };
}

export function nextTimes(conflict: Conflict, zone: string, take: (slot: Slot) => void, others: TemplateResult): TemplateResult {
  return html`<div class="panel ember conflict" role="group" tabindex="-1" aria-labelledby="conflict">
    <h2 id="conflict">${tCode("problem", conflict.code)}</h2>
    ${conflict.next.length ? html`<p>${t("book.next")}</p>
      <p class="actions">${conflict.next.map((slot) =>
        html`<button type="button" class="slot" @click=${() => take(slot)}>${dayAndClock(slot.start, zone)}</button>`)}</p>
      <p class="quiet-words">${t("zone.shown-in")} ${zoneInWords(zone)}</p>` : nothing}
    <p>${others} ${conflict.code === "already_booked_then" ? html` · <a class="tall" href="/appointments">${t("book.mine")}</a>` : nothing}</p>
  </div>`;
}
