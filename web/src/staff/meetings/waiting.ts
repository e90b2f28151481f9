/** Who is in the waiting room, since when, and what a counselor can do about it. */

import { html, nothing, type TemplateResult } from "lit";
import type { Meeting, Seat } from "../../meetings/types.ts";
import { clock } from "../../time/when.ts";
import { t } from "../../words/language.ts";

export const NOTICES = [5, 10, 15] as const;

interface Waiting {
  readonly guests: readonly Seat[];
  readonly inside: boolean;
  readonly notice: Meeting["notice"];
  readonly now: number;
  readonly zone: string;
  readonly busy: boolean;
  readonly admit: (seat: Seat) => void;
  readonly decline: (seat: Seat) => void;
  readonly notify: (minutes: number) => void;
}

export function waiting(of: Waiting): TemplateResult | typeof nothing {
  if (!of.guests.length) return nothing;
  return html`<section class="panel good waits" aria-labelledby="waits">
    <h2 id="waits">${t("staff.meet.waiting")}</h2>
    ${of.guests.map((seat) => html`<div class="guest">
      <p><bdi dir="ltr"><strong>${seat.name}</strong></bdi> ${t("staff.meet.since", { time: clock(seat.arrived_at, of.zone) })}
        ${seat.present ? nothing : html`<br><span class="quiet-words">${t("staff.meet.away")}</span>`}</p>
      <p class="actions">
        ${of.inside ? html`<button type="button" class="button" aria-disabled=${of.busy} @click=${() => of.admit(seat)}>${t("staff.meet.admit")}</button>` : nothing}
        <button type="button" class="button quiet" aria-disabled=${of.busy} @click=${() => of.decline(seat)}>${t("staff.meet.decline")}</button>
      </p>
    </div>`)}
    ${of.inside ? nothing : html`<p>${t("staff.meet.join-first")}</p>`}
    <p>${of.notice && Date.parse(of.notice.expected_at) > of.now ? t("staff.meet.noticed.until", { time: clock(of.notice.expected_at, of.zone) }) : t("staff.meet.notice")}</p>
    <p class="actions">${NOTICES.map((count) => html`<button type="button" class="button quiet small" aria-disabled=${of.busy} @click=${() => of.notify(count)}>${t("staff.meet.notice.minutes", { count })}</button>`)}</p>
  </section>`;
}
