/** Who is on shift in the next two weeks, where nobody is, and giving a shift to somebody else. */

import { html, nothing, type TemplateResult } from "lit";
import { byDay, clock, dateIn, dayAndClock, span } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import { listed } from "../../words/listed.ts";
import { dayInWords } from "../../time/week.ts";
import { gapsAhead } from "./rota-week.ts";
import type { Cover, Rota } from "./types.ts";

export type Exchange = "offer" | "take" | "withdraw" | "drop";

const AHEAD_MS = 14 * 86_400_000;
const MINUTE_MS = 60_000;

type Nobody = { readonly start: string; readonly end: string };

/** One line for each shift and each gap, in the order of time, under the day on which it begins. */
export function ahead(rota: Rota, now: number, exchange: (what: Exchange, of: Cover) => void): TemplateResult {
  const from = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const covers = rota.ahead.filter(({ end }) => Date.parse(end) > now);
  const gaps: readonly Nobody[] = gapsAhead(covers.filter(({ facilitator_id }) => facilitator_id), from, from + AHEAD_MS);
  const lines = [
    ...covers.map((of) => ({ start: of.start, drawn: cover(of, rota.zone, exchange) })),
    ...gaps.map((of) => ({ start: of.start, drawn: nobody(of, rota, from, from + AHEAD_MS) })),
  ].sort((one, other) => one.start.localeCompare(other.start));
  return html`<ol class="ahead">${byDay(lines, rota.zone).map(([date, entries]) => html`<li class="ahead-day">
    <h3>${dayInWords(date)}</h3>
    <ul>${entries.map(({ drawn }) => drawn)}</ul>
  </li>`)}</ol>`;
}

function cover(of: Cover, zone: string, exchange: (what: Exchange, of: Cover) => void): TemplateResult {
  const whole = clock(of.start, zone) === clock(of.end, zone) && of.start !== of.end;
  const when = whole ? t("agenda.all-day") : span(of.start, of.end, zone);
  const way = (what: Exchange): TemplateResult => html`<button type="button" class="link"
    aria-label="${t(`staff.swap.${what}`)}: ${listed(dayInWords(of.on), when)}" @click=${() => exchange(what, of)}>${t(`staff.swap.${what}`)}</button>`;
  const dropped = !of.facilitator_id;
  return html`<li class="cover ${of.mine ? "mine" : ""} ${dropped ? "nobody" : ""}">
    <span class="shift-when">${when}</span>
    <span>${of.mine ? html`<strong>${t("staff.rota.you")}</strong>` : dropped ? t("staff.swap.dropped") : html`<bdi>${of.facilitator_name}</bdi>`}
      ${of.offered ? html`<span class="tag">${t("staff.swap.offered")}</span>` : nothing}</span>
    <span class="shift-ways">${of.mine ? [way(of.offered ? "withdraw" : "offer"), way("drop")] : of.offered || dropped ? way("take") : nothing}</span>
  </li>`;
}

function nobody({ start, end }: Nobody, { zone, without_cover }: Rota, now: number, horizon: number): TemplateResult {
  const from = clock(start, zone);
  const until = dateIn(zone, start) === dateIn(zone, end) ? clock(end, zone) : dayAndClock(end, zone);
  const [begun, open] = [Date.parse(start) <= now, Date.parse(end) >= horizon];
  const words = t(`staff.rota.ahead.${begun ? "now" : "nobody"}${open ? ".on" : ""}`, { from, until });
  return html`<li class="cover nobody"><span>${words}</span> <span class="quiet-words">${t(`staff.rota.ahead.${without_cover}`)}</span></li>`;
}
