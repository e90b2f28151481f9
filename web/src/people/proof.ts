/** The small proof of work that makes mass registration dear. Done in slices, so that the page stays quick. */

import type { Challenge } from "../api/types.ts";
import { digestsBeginningWith } from "./sha256.ts";

const SLICE_MS = 12;

/** Finds the number; tells how far it is, 0 to 1. Answers null when the signal ends it or no number fits. */
export async function prove(challenge: Challenge, tell: (done: number) => void, signal: AbortSignal): Promise<number | null> {
  const digest = digestsBeginningWith(challenge.salt);
  let until = performance.now() + SLICE_MS;
  for (let number = 0; number <= challenge.max_number; number++) {
    if (digest(String(number)) === challenge.target) return number;
    if (performance.now() < until) continue;
    tell(number / challenge.max_number);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return null;
    until = performance.now() + SLICE_MS;
  }
  return null;
}
