/** What stands on one day of the agenda. */

import { html, nothing, type TemplateResult } from "lit";
import { isNear } from "../meetings/near.ts";
import { clock, dateIn, span } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import type { Agenda, Block, StaffAppointment } from "./types.ts";

/** A block of several days stands on each of them. */
export function entriesOn(date: string, agenda: Agenda): readonly (StaffAppointment | Block)[] {
  const { zone } = agenda;
  return [...agenda.appointments, ...agenda.blocks]
    .filter(({ start, end }) => dateIn(zone, start) <= date && date <= dateIn(zone, Date.parse(end) - 1))
    .sort((one, other) => one.start.localeCompare(other.start));
}

export function entry(date: string, zone: string, of: StaffAppointment | Block, remove: (block: Block) => void): TemplateResult {
  return "client" in of ? appointment(zone, of) : block(date, zone, of, remove);
}

function appointment(zone: string, { id, start, end, client, mode, status }: StaffAppointment): TemplateResult {
  return html`<li class="entry ${status}">
    <a href="/staff/appointments/${id}">
      <span class="entry-time">${span(start, end, zone)}</span>
      <span class="entry-who">${client.handle ? html`<bdi dir="ltr">${client.handle}</bdi>` : t("staff.client.gone")}</span>
      <span class="entry-more">${tCode("mode", mode)}${status === "booked" ? nothing : html` · <strong>${t(`staff.status.${status}`)}</strong>`}</span>
    </a>
    ${isNear({ start, end, status }) ? html`<a class="entry-join" href="/staff/appointments/${id}/meet">${t("staff.appointment.join")}</a>` : nothing}
  </li>`;
}

function block(date: string, zone: string, of: Block, remove: (block: Block) => void): TemplateResult {
  const when = spanOn(date, zone, of);
  return html`<li class="entry block">
    <div>
      <span class="entry-time">${when}</span>
      <span class="entry-who">${t("agenda.blocked")}</span>
      ${of.note ? html`<span class="entry-more">${of.note}</span>` : nothing}
      <button class="link" aria-label=${t("block.remove.label", { when: `${when} ${of.note}`.trim() })} @click=${() => remove(of)}>${t("block.remove")}</button>
    </div>
  </li>`;
}

function spanOn(date: string, zone: string, { start, end }: Block): string {
  const fromBefore = dateIn(zone, start) < date;
  const pastTheEnd = dateIn(zone, Date.parse(end) - 1) > date;
  if (fromBefore && pastTheEnd) return t("agenda.all-day");
  if (fromBefore) return t("agenda.until", { time: clock(end, zone) });
  if (pastTheEnd) return t("agenda.from", { time: clock(start, zone) });
  return span(start, end, zone);
}
