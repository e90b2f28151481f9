/** How the site writes times (with the digits of its phone numbers and counts, in every language). One place, so that page, confirmation and list can never differ; always with the zone. */

import { region } from "../words/language.ts";
import { listed } from "../words/listed.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, inLocale = region()): Intl.DateTimeFormat {
  const name = inLocale + JSON.stringify(options);
  let found = formats.get(name);
  if (!found) formats.set(name, (found = new Intl.DateTimeFormat(inLocale, { calendar: "gregory", numberingSystem: "latn", ...options })));
  return found;
}

/** "09:00" where the day has 24 hours, but "9:00 AM". */
function hour(): "numeric" | "2-digit" {
  return format({ hour: "numeric" }).resolvedOptions().hourCycle === "h23" ? "2-digit" : "numeric";
}

/** "Tuesday, 24 November 2026" */
export function longDay(instant: string, zone: string): string {
  return format({ timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(instant));
}

/** "November 2026", for a month as the API writes it: "2026-11" */
export function monthInWords(month: string): string {
  return format({ timeZone: "UTC", month: "long", year: "numeric" }).format(new Date(`${month}-01T00:00:00Z`));
}

/** "Tue, 24 Nov" */
export function shortDay(instant: string, zone: string): string {
  return format({ timeZone: zone, weekday: "short", day: "numeric", month: "short" }).format(new Date(instant));
}

/** "24–30 Nov", for two dates as the API writes them */
export function dateRange(from: string, to: string): string {
  return format({ timeZone: "UTC", day: "numeric", month: "short" }).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}

/** "18:00" or "6:00 PM", as the language writes it */
export function clock(instant: string, zone: string): string {
  return format({ timeZone: zone, hour: hour(), minute: "2-digit" }).format(new Date(instant));
}

/** "18:00 – 18:50", or "6:00 – 6:50 PM". Past midnight, too, the times are enough: the day of the start always stands beside them. */
export function span(start: string, end: string, zone: string): string {
  // Ranges go by a pattern of their own, which in some languages forgets the zero of "09:00", and in all adds the days.
  if (hour() === "2-digit" || dateIn(zone, start) !== dateIn(zone, end)) return `${clock(start, zone)} – ${clock(end, zone)}`;
  return format({ timeZone: zone, hour: hour(), minute: "2-digit" }).formatRange(new Date(start), new Date(end));
}

/** "Tuesday, 24 November 2026, 18:00 – 18:50" */
export function daySpan(start: string, end: string, zone: string): string {
  return listed(longDay(start, zone), span(start, end, zone));
}

/** "Tuesday, 24 November 2026, 18:00" */
export function longDayAndClock(instant: string, zone: string): string {
  return listed(longDay(instant, zone), clock(instant, zone));
}

/** "24 November, 18:00" */
export function dayAndClock(instant: string, zone: string): string {
  return format({ timeZone: zone, weekday: "short", day: "numeric", month: "short", hour: hour(), minute: "2-digit" }).format(
    new Date(instant),
  );
}

/** The date in the zone as the API writes it: "2026-11-24" */
export function dateIn(zone: string, instant: string | number = Date.now()): string {
  return format({ timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA").format(new Date(instant));
}

/** The date `days` later; calendar arithmetic, no zone involved. */
export function later(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Groups by the day in the zone, in the order given. */
export function byDay<T extends { readonly start: string }>(things: readonly T[], zone: string): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const thing of things) {
    const day = dateIn(zone, thing.start);
    days.set(day, [...(days.get(day) ?? []), thing]);
  }
  return [...days];
}
