/** Keeps the screen on while the element is there, where browsers know how: nobody touches a phone while they listen. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class AwakeScreen implements ReactiveController {
  #lock: WakeLockSentinel | null = null;
  #wanted = false;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#ask);
    void this.#ask();
  }

  hostDisconnected(): void {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#ask);
    void this.#lock?.release().catch(() => {});
    this.#lock = null;
  }

  /** A page that is hidden loses it, and has to ask again. Devices that save power refuse. */
  readonly #ask = async (): Promise<void> => {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
    const lock = await navigator.wakeLock.request("screen").catch(() => null);
    if (this.#wanted) this.#lock = lock;
    else void lock?.release().catch(() => {});
  };
}
