/** How long before something people are reminded of it: what is offered, what may be chosen, and how it is said. */

import { region } from "../words/language.ts";

export const MOST = 4;
const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const SHORTEST = 5;
export const LONGEST = WEEK;

/** In minutes. */
const OFFERED: readonly number[] = [WEEK, 2 * DAY, DAY, 3 * HOUR, HOUR, 15];

export const UNITS = { minute: 1, hour: HOUR, day: DAY } as const;
export type Unit = keyof typeof UNITS;

/** What there is to choose from: what is offered, and whatever else somebody added, the longest first. */
export function choosable(added: readonly number[]): number[] {
  return [...new Set([...OFFERED, ...added])].sort((one, other) => other - one);
}

/** "2 days", "1 hour", "90 minutes": in the largest unit in which it is a whole number. */
export function spanInWords(minutes: number): string {
  const [unit, size] = minutes === WEEK ? (["week", WEEK] as const)
    : minutes % DAY === 0 ? (["day", DAY] as const)
    : minutes % HOUR === 0 ? (["hour", HOUR] as const)
    : (["minute", 1] as const);
  return new Intl.NumberFormat(region(), { style: "unit", unit, unitDisplay: "long", numberingSystem: "latn" }).format(minutes / size);
}

/** What was typed, in minutes; null where nobody can be reminded then. */
export function minutesOf(typed: string, unit: Unit): number | null {
  const minutes = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) * UNITS[unit] : NaN;
  return minutes >= SHORTEST && minutes <= LONGEST ? minutes : null;
}
