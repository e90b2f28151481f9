/** The words of booking that several pages share. */

import { html, type TemplateResult } from "lit";
import type { Slot } from "../api/types.ts";
import { longDay, span } from "../time/when.ts";
import { offsetOf, zoneInWords } from "../time/zones.ts";
import { locale, tCode } from "../words/language.ts";

/** Day, time from and to, and the zone: as every page says when an appointment is. */
export function whenInFull({ start, end }: Slot, zone: string): TemplateResult {
  return html`<strong>${longDay(start, zone)}</strong><br><strong>${span(start, end, zone)}</strong><br>
    <span class="quiet-words">${zoneInWords(zone)} <bdi>${offsetOf(zone, Date.parse(start))}</bdi></span>`;
}

export function listed(family: "topic" | "mode", codes: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "unit" }).format(codes.map((code) => tCode(family, code) || code));
}

/** The first letter of a name, as people who write it see it. */
export function initial(name: string): string {
  const [first] = new Intl.Segmenter(locale()).segment(name);
  return first?.segment ?? "";
}
