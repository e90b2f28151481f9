/** Does something again and again while the page is looked at. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Every implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, private readonly milliseconds: number, private readonly again: () => void) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (!document.hidden) this.again();
    }, this.milliseconds);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}
