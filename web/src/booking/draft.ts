/**
 * What someone has chosen so far. In the tab's own storage, so that a reload or a sign-in in between loses nothing, and
 * closing the tab or leaving quickly forgets it. Never in an address: topics would end up in histories and logs.
 */

import type { Counselor, Mode, Slot } from "../api/types.ts";
import { keep, kept } from "../parts/kept.ts";

export interface Wishes {
  readonly language: string;
  readonly topic: string;
  readonly mode: string;
  readonly part_of_day: string;
}

/** Every week or every two: so many times, or until a date. */
export interface Repeat {
  readonly every: 1 | 2;
  readonly count?: number;
  readonly until?: string;
}

export interface Draft {
  readonly counselor: Pick<Counselor, "id" | "name" | "modes" | "repeats">;
  readonly slot: Slot;
  readonly mode: Mode | null;
  readonly repeat?: Repeat;
}

const NO_WISHES: Wishes = { language: "", topic: "", mode: "", part_of_day: "" };

export const wishes = (): Wishes => ({ ...NO_WISHES, ...kept<Wishes>("hearthline.wishes") });
export const keepWishes = (wanted: Wishes): void => keep("hearthline.wishes", wanted);
export const draft = (): Draft | null => kept<Draft>("hearthline.draft");
export const keepDraft = (chosen: Draft | null): void => keep("hearthline.draft", chosen);
