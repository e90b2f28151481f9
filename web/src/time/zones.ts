/** Time zones by the names the browser knows, and how people read them. */

import { settings } from "../frame/settings.ts";
import { locale } from "../words/language.ts";

/** The device's zone; where the browser keeps it to itself, the organisation's. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || settings().default_zone;
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

/** Browsers still call these zones by names the cities no longer go by. Only what people read is put right. */
const TODAY: Readonly<Record<string, string>> = {
  Asmera: "Asmara", Calcutta: "Kolkata", Enderbury: "Kanton", Faeroe: "Faroe", Godthab: "Nuuk", Katmandu: "Kathmandu", Kiev: "Kyiv",
  Ponape: "Pohnpei", Rangoon: "Yangon", Saigon: "Ho Chi Minh", Truk: "Chuuk",
};

/** "Buenos Aires" for "America/Argentina/Buenos_Aires" */
export function cityOf(zone: string): string {
  const name = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return TODAY[name] ?? name;
}

/** Zones with a word for each word typed, in their name or their name in the page's language; whole words first. */
export function zonesLike(typed: string, most: number): readonly string[] {
  const words = plain(typed).trim().split(" ");
  const found = named().filter(([, name]) => words.every((word) => name.includes(` ${word}`)));
  const whole = ([, name]: readonly [string, string]): boolean => words.every((word) => name.includes(` ${word} `));
  return [...found.filter(whole), ...found.filter((one) => !whole(one))].slice(0, most).map(([zone]) => zone);
}

let inWords: { language: string; zones: readonly (readonly [string, string])[] } = { language: "", zones: [] };

/** Every zone with all its names. Made once in each language: it takes some hundred formatters. */
function named(): typeof inWords.zones {
  const language = locale();
  if (inWords.language !== language) {
    inWords = { language, zones: allZones().map((zone) => [zone, plain(`${zone} ${zoneInWords(zone)}`)]) };
  }
  return inWords.zones;
}

/** Small letters without accents, a space around every word. */
function plain(text: string): string {
  return ` ${text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

function part(zone: string, style: "longGeneric" | "shortOffset", at: number = Date.now()): string {
  const parts = new Intl.DateTimeFormat(locale(), { timeZone: zone, timeZoneName: style }).formatToParts(at);
  return parts.find((piece) => piece.type === "timeZoneName")?.value ?? "";
}
