/** Lengths of time to choose from, in words. */

import type { Option } from "../parts/field.ts";
import { locale, t } from "../words/language.ts";

type Unit = "second" | "minute" | "hour" | "day";

/** The choices, and the value that is set if it is none of them. */
export function durations(unit: Unit, offered: readonly number[], set: number): readonly Option[] {
  const all = offered.includes(set) ? offered : [...offered, set].sort((one, other) => one - other);
  return all.map((count) => ({ value: String(count), label: duration(count, unit) }));
}

function duration(count: number, unit: Unit): string {
  if (count === 0) return t("duration.none");
  if (unit === "second" && count % 60 === 0) return duration(count / 60, "minute");
  if (unit === "minute" && count > 120 && count % 60 === 0) return duration(count / 60, "hour");
  if (unit === "hour" && count >= 48 && count % 24 === 0) return written(count / 24, "day");
  if (unit === "day" && count % 7 === 0) return written(count / 7, "week");
  return written(count, unit);
}

function written(count: number, unit: Unit | "week"): string {
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(count);
}
