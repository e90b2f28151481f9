/** Weeks as people count them: which day begins one, and what the days are called. Weekdays are ISO: 1 is Monday. */

import { dateIn, later } from "./when.ts";
import { region } from "../words/language.ts";

const MONDAY = 1;
/** Any Monday: names of weekdays are read off the days that follow it. */
const SOME_MONDAY = "2024-01-01";

export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The day on which the week begins where the person lives, as far as the browser knows. */
export function firstWeekday(): number {
  const place = new Intl.Locale(region()) as Intl.Locale & { weekInfo?: { firstDay: number }; getWeekInfo?(): { firstDay: number } };
  return (place.getWeekInfo?.() ?? place.weekInfo)?.firstDay ?? MONDAY;
}

export function startOfWeek(date: string): string {
  return later(date, -((weekdayOf(date) - firstWeekday() + 7) % 7));
}

/** All seven, in the order of the person's week. */
export function weekdays(): readonly number[] {
  return Array.from({ length: 7 }, (_, at) => ((firstWeekday() - 1 + at) % 7) + 1);
}

export function nameOfWeekday(weekday: number, length: "long" | "short" = "long"): string {
  return write(later(SOME_MONDAY, weekday - 1), { weekday: length });
}

/** "Tuesday, 24 November 2026", for a date without a clock. */
export function dayInWords(date: string): string {
  return write(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

export function shortDayInWords(date: string): string {
  return write(date, { weekday: "short", day: "numeric", month: "short" });
}

/** "23 – 29 November 2026" */
export function datesInWords(first: string, last: string): string {
  return formatted({ day: "numeric", month: "long", year: "numeric" }).formatRange(midnight(first), midnight(last));
}

export function today(zone: string): string {
  return dateIn(zone);
}

function write(date: string, options: Intl.DateTimeFormatOptions): string {
  return formatted(options).format(midnight(date));
}

function formatted(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(region(), { calendar: "gregory", numberingSystem: "latn", timeZone: "UTC", ...options });
}

function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
