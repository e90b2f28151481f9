/**
 * Pictures that stand still although their camera is on. On a weak line the sound goes first, so a face may freeze while every
 * counter of the call looks well: what is on the screen is the only thing to go by, whatever carries the call.
 */

import type { ReactiveController, ReactiveControllerHost } from "lit";

const LOOK_MS = 1_000;
const STILL_AFTER_MS = 5_000;

/** What a picture has shown so far: the counter only grows, until the picture is another. */
export interface Shown {
  readonly frames: number;
  /** Milliseconds. */
  readonly movedAt: number;
}

/** To be called every second with what has been shown by then. */
export function looked(before: Shown | undefined, frames: number, now: number): Shown {
  return before?.frames === frames ? before : { frames, movedAt: now };
}

/** Whether it has stood still for so long that it is to be said. */
export const isStill = (shown: Shown | undefined, now: number): boolean => shown !== undefined && now - shown.movedAt >= STILL_AFTER_MS;

/** Looks at the faces that its host draws. */
export class Stills implements ReactiveController {
  readonly #shown = new Map<string, Shown>();
  #looks: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#looks = setInterval(() => this.#look(), LOOK_MS);
  }

  hostDisconnected(): void {
    clearInterval(this.#looks);
    this.#shown.clear();
  }

  has(seat: string): boolean {
    return isStill(this.#shown.get(seat), performance.now());
  }

  #look(): void {
    // Browsers draw no pictures on a page that is hidden.
    if (document.visibilityState !== "visible") return this.#shown.clear();
    const before = [...this.#shown.keys()].filter((seat) => this.has(seat)).join();
    for (const video of this.host.querySelectorAll<HTMLVideoElement>("video[data-face]")) this.#lookAt(video);
    if ([...this.#shown.keys()].filter((seat) => this.has(seat)).join() !== before) this.host.requestUpdate();
  }

  #lookAt(video: HTMLVideoElement): void {
    const seat = video.dataset["face"] ?? "";
    if (!video.srcObject) return void this.#shown.delete(seat);
    const frames = video.getVideoPlaybackQuality?.().totalVideoFrames ?? video.currentTime;
    this.#shown.set(seat, looked(this.#shown.get(seat), frames, performance.now()));
  }
}
