/** How long it still takes, as people say it: not to the second, which makes nobody calmer. Pure. */

import { locale } from "../words/language.ts";

const MINUTE = 60_000;

/** "in 12 minutes", "in 3 hours"; what is less than a minute away counts as one. */
export function ahead(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "always" });
  if (minutes < 90) return words.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? words.format(hours, "hour") : words.format(Math.round(hours / 24), "day");
}

/** Whole minutes until then, none below zero. */
export const minutesUntil = (instant: string, now: number): number => Math.max(0, Math.ceil((Date.parse(instant) - now) / MINUTE));
