/** What holds for notes, whatever they look like. */

import { type Note, PARTS, STRUCTURED } from "./types.ts";

/** As the API counts; a browser counts some characters twice, and so stays below. */
export const LONGEST = 4_000;

type Sendable = Omit<Note, "version" | "changed_at">;

/** Only what may be sent. */
export function sendable(note: Note): Sendable {
  const { kind, text, talked_about, how_they_are, agreed, next_steps } = note;
  return { kind, text, talked_about, how_they_are, agreed, next_steps };
}

/** The parts that a note of this kind shows for writing. */
export function partsOf(kind: Note["kind"]): readonly (typeof PARTS)[number][] {
  return kind === "free" ? ["text"] : STRUCTURED;
}

/** Whether something was written the other way, and so is kept without being seen. */
export function hasMore(note: Note): boolean {
  const seen = partsOf(note.kind);
  return PARTS.some((part) => !seen.includes(part) && note[part].trim() !== "");
}

/** The parts with words in them, for reading. */
export function written(note: Note): readonly (typeof PARTS)[number][] {
  return PARTS.filter((part) => note[part].trim() !== "");
}
