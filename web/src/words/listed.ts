/** Two things side by side, with the comma of the language: the one it puts between a date and a time. */

import { region } from "./language.ts";

const BOTH: Intl.DateTimeFormatOptions = { month: "numeric", day: "numeric", hour: "numeric" };

export function listed(one: string, other: string): string {
  const parts = new Intl.DateTimeFormat(region(), BOTH).formatToParts(0);
  const comma = parts[parts.findIndex(({ type }) => type === "hour") - 1];
  return `${one}${comma?.type === "literal" ? comma.value : ", "}${other}`;
}
