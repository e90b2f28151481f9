/** Moves an element's `<meter class="level">` with the microphone, and knows what to say of it to people who do not see that. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { LocalMedia } from "./local-media.ts";

const HEARD = 0.35;
const HEARD_MS = 250;
const QUIET_AFTER_MS = 8_000;

export class LevelWatch implements ReactiveController {
  word: "speak" | "heard" | "quiet" = "speak";
  #frame = 0;
  #since = 0;
  #loudSince = 0;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement, private readonly media: () => LocalMedia) {
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.media().microphone && this.host.isConnected) this.#begin();
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #begin(): void {
    if (this.#frame) return;
    this.word = "speak";
    this.#since = performance.now();
    this.#loudSince = 0;
    this.#frame = requestAnimationFrame(this.#look);
  }

  readonly #look = (now: number): void => {
    const level = this.media().level();
    const meter = this.host.querySelector<HTMLMeterElement>("meter.level");
    if (meter) meter.value = level;
    this.#loudSince = level < HEARD ? 0 : this.#loudSince || now;
    if (this.#loudSince && now - this.#loudSince >= HEARD_MS) this.#say("heard");
    else if (this.word === "speak" && now - this.#since >= QUIET_AFTER_MS) this.#say("quiet");
    this.#frame = requestAnimationFrame(this.#look);
  };

  #say(word: LevelWatch["word"]): void {
    if (word === this.word) return;
    this.word = word;
    this.host.requestUpdate();
  }
}
