/** What is said to other browsers while no socket is open waits a moment for one: the first offer of a call is often faster. */

import type { Live } from "../api/live.ts";
import type { Signal } from "./types.ts";

/** Later than that, another attempt to connect has begun. */
const GOOD_FOR_MS = 8_000;
const MOST = 60;

interface Said {
  readonly meeting: string;
  readonly device: string;
  readonly to: string;
  readonly body: Signal;
  readonly at: number;
}

export class SignalsOut {
  #waiting: readonly Said[] = [];

  constructor(private readonly live: Pick<Live, "state" | "signal" | "addEventListener">, private readonly now: () => number) {
    live.addEventListener("change", () => this.#flush());
  }

  send(meeting: string, device: string, to: string, body: Signal): void {
    if (this.live.signal(meeting, device, to, body)) return;
    this.#waiting = [...this.#waiting, { meeting, device, to, body, at: this.now() }].slice(-MOST);
  }

  #flush(): void {
    if (this.live.state !== "live") return;
    const waiting = this.#waiting.filter(({ at }) => this.now() - at < GOOD_FOR_MS);
    this.#waiting = [];
    for (const { meeting, device, to, body } of waiting) this.send(meeting, device, to, body);
  }
}
