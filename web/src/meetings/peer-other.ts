/** Somebody else in the call, over all the connections to them that there may be one after the other. */

import type { Other } from "./call.ts";
import { PeerAttempts } from "./peer-attempts.ts";
import type { PeerLink } from "./peer-link.ts";
import type { Shared } from "./peer-shared.ts";
import type { Sound } from "./peer-sound.ts";
import { Reception } from "./reception.ts";
import type { Tracks } from "./senders.ts";
import { play, type Shown } from "./shown.ts";
import type { Seat, Signal } from "./types.ts";

const NOTHING = { microphone: false, camera: false, screen: false };

export class PeerOther {
  #state: NonNullable<Signal["state"]> = NOTHING;
  #wasConnected = false;
  readonly #reception = new Reception();
  readonly #attempts: PeerAttempts;

  constructor(
    readonly seat: string,
    number: number,
    private readonly shared: Shared,
    private readonly sound: Sound,
    private readonly shown: Shown,
  ) {
    this.#attempts = new PeerAttempts(seat, number, shared, {
      changed: () => this.#play(),
      connected: (link) => this.#connected(link),
    });
  }

  get connected(): boolean {
    return this.#attempts.connected;
  }

  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** As the page may show it. */
  get view(): Other {
    const { microphone } = this.#state;
    const silent = this.#reception.silent || (this.connected && microphone && this.sound.blocked);
    return { ...this.#state, quality: this.#quality, silent };
  }

  get #quality(): Other["quality"] {
    if (!this.connected) return this.#wasConnected ? "lost" : "connecting";
    const { quality } = this.#reception;
    return quality === "connecting" ? "good" : quality;
  }

  begin(): void {
    this.#attempts.begin();
  }

  know(seat: Seat): void {
    if (this.#attempts.know(seat)) this.renew();
  }

  /** One of the two came anew. */
  renew(): void {
    this.#wasConnected = false;
    this.#state = NOTHING;
    this.#reception.forget();
    this.#attempts.begin();
  }

  hear(body: Signal): void {
    if (body.kind !== "state") this.#attempts.hear(body);
    else if (body.state && this.#attempts.isOfNow(body)) this.#said(body.state);
  }

  /** Says how the own microphone and camera are. */
  tell(): void {
    const { link } = this.#attempts;
    if (link) this.shared.send(this.seat, { kind: "state", call: link.call, state: this.shared.state() });
  }

  woke(all: boolean): void {
    this.#attempts.woke(all);
  }

  async use(tracks: Tracks): Promise<void> {
    await this.#attempts.link?.use(tracks);
  }

  async save(saving: boolean): Promise<void> {
    await this.#attempts.link?.save(saving);
  }

  show(what: keyof Shown, element: HTMLVideoElement | null): void {
    const before = this.shown[what];
    if (before && before !== element) before.srcObject = null;
    this.shown[what] = element;
    this.#play();
  }

  through(speaker: string): void {
    this.sound.through(speaker);
  }

  /** Their sound from the start; where nothing comes although it should, over new paths too. To be called from a tap. */
  async hearAgain(): Promise<void> {
    const played = this.sound.again();
    if (this.#reception.silent) this.#attempts.restart();
    await played;
  }

  /** Looks at what the browser counted; to be called every two seconds. */
  async look(): Promise<void> {
    const { link } = this.#attempts;
    const report = await link?.stats().catch(() => null);
    if (!link || !report || link !== this.#attempts.link) return;
    this.#reception.look(report, {
      now: this.shared.now(),
      connected: link.state === "connected",
      expected: this.#state.microphone,
      muted: link.received("audio")?.muted ?? true,
    });
    this.shared.changed();
  }

  close(): void {
    this.#attempts.drop();
    this.sound.close();
    for (const what of ["face", "screen"] as const) this.show(what, null);
  }

  #said({ microphone, camera, screen }: NonNullable<Signal["state"]>): void {
    if (microphone && !this.#state.microphone) this.#reception.expectSound(this.shared.now());
    this.#state = { microphone: microphone === true, camera: camera === true, screen: screen === true };
    this.shared.changed();
  }

  #connected(link: PeerLink): void {
    this.#wasConnected = true;
    this.#reception.expectSound(this.shared.now());
    // What was switched while it connected.
    void link.use(this.shared.tracks());
    this.tell();
  }

  #play(): void {
    const { link } = this.#attempts;
    this.sound.play(link?.received("audio") ?? null);
    for (const what of ["face", "screen"] as const) play(this.shown[what], link?.received(what) ?? null);
    this.shared.changed();
  }
}
