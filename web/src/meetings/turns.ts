/** Whose turn it is in a circle, and what is left of it, as something to say. Pure. */

import type { Key } from "../words/language.ts";
import type { Values } from "../words/message.ts";
import type { Circle } from "./circle-types.ts";

export interface Said {
  readonly key: Key;
  readonly values?: Values;
}

/** Shorter is not worth counting aloud: seconds that run out are no way to listen. */
const SOON_MS = 45_000;

/** `nameOf` knows people by their seat, `you` is the own one. */
export function turnIn({ speaker }: Circle, you: string, nameOf: (seat: string) => string): Said {
  if (!speaker) return { key: "circle.turn.nobody" };
  return speaker === you ? { key: "circle.turn.yours" } : { key: "circle.turn.theirs", values: { name: nameOf(speaker) } };
}

/** About how long, null where turns take as long as they take. */
export function leftOf({ speaker, turn_ends_at }: Circle, now: number): Said | null {
  if (!speaker || !turn_ends_at) return null;
  const left = Date.parse(turn_ends_at) - now;
  if (left <= 0) return { key: "circle.left.over" };
  return left < SOON_MS ? { key: "circle.left.soon" } : { key: "circle.left.minutes", values: { count: Math.ceil(left / 60_000) } };
}

export function nextIn({ next }: Circle, you: string, nameOf: (seat: string) => string): Said | null {
  if (!next) return null;
  return next === you ? { key: "circle.next.you" } : { key: "circle.next", values: { name: nameOf(next) } };
}

/** The same people, one of them a place earlier (-1) or later (1); null where there is no such place. */
export function movedBy(order: readonly string[], seat: string, by: -1 | 1): readonly string[] | null {
  const at = order.indexOf(seat);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return null;
  const without = order.filter((one) => one !== seat);
  return [...without.slice(0, to), seat, ...without.slice(to)];
}
