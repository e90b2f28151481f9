/** Up to where the reader has seen everything, told to the API now and then. */

import { call } from "../api/call.ts";

const AFTER_MS = 1_500;

export class ReadMark {
  #upTo = 0;
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `address` is that of the room. */
  constructor(private readonly address: string) {}

  seen(seq: number): void {
    if (document.visibilityState !== "visible" || seq <= this.#upTo) return;
    this.#upTo = seq;
    this.#timer ??= setTimeout(() => this.tell(), AFTER_MS);
  }

  /** At once, since the page may be about to go. A failure only means that these messages count as new for longer. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#upTo <= this.#told) return;
    this.#told = this.#upTo;
    void call("PUT", `${this.address}/read`, { body: { seq: this.#told } }).catch(() => (this.#told = 0));
  }
}
