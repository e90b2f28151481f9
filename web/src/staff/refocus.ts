/** Asks again when somebody comes back to the page: appointments change while nobody looks. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

const NOT_SOONER_MS = 5_000;

export class Refocus implements ReactiveController {
  #last = 0;

  constructor(host: ReactiveControllerHost, private readonly again: () => void) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#last = performance.now();
    document.addEventListener("visibilitychange", this.#back);
    addEventListener("focus", this.#back);
    addEventListener("online", this.#back);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#back);
    removeEventListener("focus", this.#back);
    removeEventListener("online", this.#back);
  }

  readonly #back = (): void => {
    if (document.hidden || performance.now() - this.#last < NOT_SOONER_MS) return;
    this.#last = performance.now();
    this.again();
  };
}
