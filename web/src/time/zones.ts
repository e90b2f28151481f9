/** Time zones by the names the browser knows, and how people read them. */

import { locale } from "../words/language.ts";

export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

export function allZones(): readonly string[] {
  return [...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"), "UTC"];
}

/** "Central European Time (Berlin)", or the name alone where the city already stands beside it */
export function zoneInWords(zone: string, how: "with city" | "alone" = "with city"): string {
  const city = cityOf(zone);
  const name = part(zone, "longGeneric");
  if (how === "alone") return name;
  return !name || name === city ? city : `${name} (${city})`;
}

/** "GMT+1" at the given instant */
export function offsetOf(zone: string, at: number = Date.now()): string {
  return part(zone, "shortOffset", at);
}

/** "Buenos Aires" for "America/Argentina/Buenos_Aires" */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** Zones whose name, or whose name in the page's language, holds every word typed. At most `most`. */
export function zonesLike(typed: string, most: number): readonly string[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const found: string[] = [];
  for (const zone of allZones()) {
    if (found.length >= most) break;
    const name = plain(zone.replaceAll(/[_/]/g, " "));
    if (words.every((word) => name.includes(word))) found.push(zone);
  }
  if (found.length || !words.length) return found;
  return allZones().filter((zone) => words.every((word) => plain(zoneInWords(zone)).includes(word))).slice(0, most);
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function part(zone: string, style: "longGeneric" | "shortOffset", at: number = Date.now()): string {
  const parts = new Intl.DateTimeFormat(locale(), { timeZone: zone, timeZoneName: style }).formatToParts(at);
  return parts.find((piece) => piece.type === "timeZoneName")?.value ?? "";
}
