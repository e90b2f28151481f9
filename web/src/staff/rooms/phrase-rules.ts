/** What a phrase does when a post has it, as one choice; and which phrases can't be added. Pure. */

import type { Phrase } from "./types.ts";

/** Holding always says for what. */
export const ACTIONS = ["urgent", "concern", "hold.methods", "hold.contact", "hold.words", "fold"] as const;
export type ActionName = (typeof ACTIONS)[number];

const SHORTEST = 2;
const LONGEST = 80;
const MOST = 500;

export function actionOf({ action, held_for }: Phrase): ActionName {
  return action === "hold" ? `hold.${held_for ?? "words"}` : action;
}

export function actedOn(text: string, name: ActionName): Phrase {
  const [action, held_for = null] = name.split(".") as [Phrase["action"], Phrase["held_for"]?];
  return { text, action, held_for };
}

/** The API compares more thoroughly; this catches what people type twice. */
export function alike(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

export function matching(phrases: readonly Phrase[], search: string): readonly Phrase[] {
  const wanted = plain(search);
  return wanted ? phrases.filter(({ text }) => plain(text).includes(wanted)) : phrases;
}

/** A name of what is wrong, or "". */
export function faultOf(text: string, phrases: readonly Phrase[]): "missing" | "length" | "twice" | "many" | "" {
  if (!text) return "missing";
  if (text.length < SHORTEST || text.length > LONGEST) return "length";
  if (phrases.some((one) => alike(one.text, text))) return "twice";
  return phrases.length >= MOST ? "many" : "";
}

/** Small letters, without accents and points over and under them. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}ـ]/gu, "").toLowerCase().replace(/[’‘ʼ]/g, "'").replace(/\s+/g, " ").trim();
}
