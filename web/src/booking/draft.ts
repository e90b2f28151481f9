/**
 * What someone has chosen so far. In the tab's own storage, so that a reload or a sign-in in between loses nothing, and
 * closing the tab or leaving quickly forgets it. Never in an address: topics would end up in histories and logs.
 */

import type { Counselor, Mode, Slot } from "../api/types.ts";

export interface Wishes {
  readonly language: string;
  readonly topic: string;
  readonly mode: string;
  readonly part_of_day: string;
}

export interface Draft {
  readonly counselor: Pick<Counselor, "id" | "name" | "modes">;
  readonly slot: Slot;
  readonly mode: Mode | null;
}

const NO_WISHES: Wishes = { language: "", topic: "", mode: "", part_of_day: "" };

export const wishes = (): Wishes => ({ ...NO_WISHES, ...read<Wishes>("hearthline.wishes") });
export const keepWishes = (kept: Wishes): void => keep("hearthline.wishes", kept);
export const draft = (): Draft | null => read<Draft>("hearthline.draft");
export const keepDraft = (kept: Draft | null): void => keep("hearthline.draft", kept);

/** For browsers that keep nothing: then it lasts as long as the page. */
const memory = new Map<string, string>();

function read<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? memory.get(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function keep(name: string, value: unknown): void {
  memory.set(name, JSON.stringify(value));
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Kept in memory above.
  }
}
