/** How somebody comes across: the quality of their line in a word, and whether their sound stays away although it should come. */

import type { Quality } from "./call.ts";
import { countedIn, judged, type Judged, UNJUDGED } from "./quality.ts";

const SILENT_AFTER_MS = 6_000;

export class Reception {
  /** No sound has come for a while from somebody whose microphone is on. */
  silent = false;
  #judged: Judged = UNJUDGED;
  /** When sound last came, or had no reason to come yet. */
  #heardAt = 0;
  #flow = 0;

  get quality(): Quality {
    return this.#judged.quality;
  }

  /** There is a reason now for sound to come: give it the time. */
  expectSound(now: number): void {
    this.#heardAt = now;
  }

  /** To be called every two seconds. `expected`: their microphone is on; `muted`: the browser itself says that nothing comes. */
  look(report: RTCStatsReport, at: { readonly now: number; readonly connected: boolean; readonly expected: boolean; readonly muted: boolean }): void {
    const counted = countedIn(report.values(), at.connected);
    this.#judged = judged(this.#judged, counted);
    const flow = counted.received + counted.energy;
    const comes = flow !== this.#flow && !at.muted;
    this.#flow = flow;
    if (comes || !at.connected || !at.expected) this.#heardAt = at.now;
    this.silent = at.now - this.#heardAt >= SILENT_AFTER_MS;
  }

  forget(): void {
    this.#judged = UNJUDGED;
    this.#flow = 0;
    this.silent = false;
  }
}
