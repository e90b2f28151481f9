/** How long ago something was, as people say it: "12 minutes ago". */

import { locale, t } from "../../words/language.ts";

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** Whole units, rounded down: nobody has waited less than it says. For clocks that run ahead it is "just now", too. */
export function ageInWords(at: string, now: number = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(at)) / MINUTE_MS);
  if (minutes < 1) return t("staff.age.now");
  if (minutes < HOUR) return ago(minutes, "minute");
  return minutes < DAY ? ago(Math.floor(minutes / HOUR), "hour") : ago(Math.floor(minutes / DAY), "day");
}

function ago(count: number, unit: "minute" | "hour" | "day"): string {
  const options: Intl.RelativeTimeFormatOptions & { numberingSystem: string } = { numeric: "always", numberingSystem: "latn" };
  return new Intl.RelativeTimeFormat(locale(), options).format(-count, unit);
}
