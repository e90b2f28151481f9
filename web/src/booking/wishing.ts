/** What somebody waits for, and a time that is held for them; and what this tab remembers of a wish not yet sent. */

import type { Mode, Slot } from "../api/types.ts";
import { keep, kept } from "../parts/kept.ts";
import { wishes } from "./draft.ts";

export const PARTS = ["morning", "afternoon", "evening", "night"] as const;
export type PartOfDay = (typeof PARTS)[number];

/** Which times would do. An empty list means any, but for `modes`. Weekdays are ISO: 1 is Monday. */
export interface Wanted {
  readonly modes: readonly Mode[];
  readonly counselors: readonly string[];
  readonly languages: readonly string[];
  readonly parts: readonly PartOfDay[];
  readonly weekdays: readonly number[];
}

export interface Wish extends Wanted {
  readonly zone: string;
  readonly since: string;
  readonly until: string;
}

export interface Offer extends Slot {
  readonly id: string;
  readonly status: "open" | "taken" | "declined" | "lapsed" | "withdrawn";
  readonly counselor: { readonly id: string; readonly name: string };
  readonly modes: readonly Mode[];
  readonly until: string;
  readonly appointment_id: string | null;
}

/** The API takes no more. */
export const MOST_COUNSELORS = 20;

const KEPT_IN = "hearthline.waiting";

export const wantedDraft = (): Wanted | null => kept<Wanted>(KEPT_IN);
export const keepWanted = (wanted: Wanted | null): void => keep(KEPT_IN, wanted);

/** Where a wish begins that is made for the first time: with what was looked for before. */
export function firstWish(): Wanted {
  const { language, mode, part_of_day: part } = wishes();
  return {
    modes: mode ? [mode as Mode] : [],
    counselors: [],
    languages: language ? [language] : [],
    parts: part ? [part as PartOfDay] : [],
    weekdays: [],
  };
}

/** From the page of a counselor: a wish for a time with them, whatever else was wished. */
export function wishFor(counselor: { readonly id: string; readonly modes: readonly Mode[] }): void {
  const before = wantedDraft() ?? firstWish();
  const modes = counselor.modes.length === 1 ? counselor.modes : before.modes.filter((mode) => counselor.modes.includes(mode));
  keepWanted({ ...before, modes, counselors: [counselor.id] });
}

export function onlyWanted({ modes, counselors, languages, parts, weekdays }: Wanted): Wanted {
  return { modes, counselors, languages, parts, weekdays };
}

export function toggled<T>(list: readonly T[], one: T, chosen: boolean): readonly T[] {
  const rest = list.filter((other) => other !== one);
  return chosen ? [...rest, one] : rest;
}
