/** Somebody else in the call, over all the connections to them that there may be one after the other. */

import { type Later, Timers } from "../api/timers.ts";
import { callId, NO_CALL, numberIn } from "./call-id.ts";
import type { Other } from "./call.ts";
import { PeerLink } from "./peer-link.ts";
import type { Sound } from "./peer-sound.ts";
import { countedIn, judged, type Judged, UNJUDGED } from "./quality.ts";
import type { Tracks } from "./senders.ts";
import type { Seat, Signal } from "./types.ts";

/** What all connections of a call share. */
export interface Shared {
  readonly later: Later;
  /** Milliseconds since 1970, never going back. */
  now(): number;
  connection(): RTCPeerConnection;
  servers(): RTCIceServer[];
  ownNumber(): number;
  tracks(): Tracks;
  state(): NonNullable<Signal["state"]>;
  saving(): boolean;
  send(to: string, body: Signal): void;
  changed(): void;
}

export interface Shown {
  face: HTMLVideoElement | null;
  screen: HTMLVideoElement | null;
}

const CONNECT_WITHIN_MS = 8_000;
/** The one who offers tries again by itself; the other asks a little later, so that they do not do it twice. */
const ASK_AFTER_MS = 10_000;
const MOST_WAIT_MS = 30_000;
const RESTART_AFTER_MS = 1_000;
const ASK_RESTART_AFTER_MS = 3_000;
/** Two fresh connections are at least so far apart; an offer on its way is given so much time. */
const APART_MS = 2_000;
const SILENT_AFTER_MS = 6_000;
const MOST_EARLY = 40;
const NOTHING = { microphone: false, camera: false, screen: false };

export class PeerOther {
  #link: PeerLink | null = null;
  #state: NonNullable<Signal["state"]> = NOTHING;
  #judged: Judged = UNJUDGED;
  #present = true;
  /** The newest attempt there was; whatever is said of an earlier one no longer counts. */
  #latest = NO_CALL;
  /** Signals of an attempt whose offer has not come yet: nothing keeps them in order on the way. */
  #early: Signal[] = [];
  #tries = 0;
  #begunAt = -Infinity;
  #madeAt = 0;
  #wasConnected = false;
  /** When their sound was last heard of, or had no reason to come yet. */
  #heardAt = 0;
  #flow = 0;
  #silent = false;
  #connected = false;
  readonly #timers: Timers<"connect" | "restart" | "apart">;

  constructor(
    readonly seat: string,
    private number: number,
    private readonly shared: Shared,
    private readonly sound: Sound,
    private readonly shown: Shown,
  ) {
    this.#timers = new Timers(shared.later);
  }

  get connected(): boolean {
    return this.#link?.state === "connected";
  }

  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** As others may see it. */
  get view(): Other {
    const quality = this.connected ? (this.#judged.quality === "connecting" ? "good" : this.#judged.quality) : this.#wasConnected ? "lost" : "connecting";
    const { microphone, camera, screen } = this.#state;
    return { microphone, camera, screen, quality, silent: this.#silent || (this.connected && microphone && this.sound.blocked) };
  }

  get #offers(): boolean {
    return this.shared.ownNumber() > this.number;
  }

  /** Begins to connect: offers, or waits for the offer. */
  begin(): void {
    this.#tries = 0;
    this.#begunAt = -Infinity;
    if (this.#offers) this.#fresh();
    else this.#expect(ASK_AFTER_MS);
  }

  know({ number, present }: Seat): void {
    const back = present && !this.#present;
    this.#present = present;
    if (number > this.number) {
      this.number = number;
      // Their offer may have been here before the news of them.
      if (numberIn(this.#link?.call ?? "") !== number) this.renew();
    } else if (back && !this.connected) this.begin();
  }

  /** One of the two came anew: whatever was there is of the past. */
  renew(): void {
    this.#drop();
    this.#wasConnected = false;
    this.#judged = UNJUDGED;
    this.#state = NOTHING;
    this.begin();
    this.shared.changed();
  }

  hear(body: Signal): void {
    if (body.kind === "again") return this.#askedAgain(body.call);
    const number = numberIn(body.call);
    if (Number.isNaN(number) || body.call < this.#latest) return;
    if (body.kind === "state") return this.#said(body.state);
    if (body.call === this.#link?.call) return this.#link.heard(body);
    // Only who came later offers, and only their later attempts are new.
    if (number <= this.shared.ownNumber() || number < this.number || body.call === this.#latest) return;
    if (body.kind === "offer") this.#answer(body, number);
    else this.#early = [...this.#early, body].slice(-MOST_EARLY);
  }

  tell(): void {
    if (this.#link) this.shared.send(this.seat, { kind: "state", call: this.#link.call, state: this.shared.state() });
  }

  /** The network may be another, or the page was asleep. `all`: also what seems to work. */
  woke(all: boolean): void {
    const link = this.#link;
    if (!link || link.state === "closed") return this.#again();
    if (link.state === "connected" && !all) return;
    if (this.#wasConnected) this.#restart(link);
    else if (this.#offers) this.#fresh();
  }

  async use(tracks: Tracks): Promise<void> {
    await this.#link?.use(tracks);
  }

  async save(saving: boolean): Promise<void> {
    await this.#link?.save(saving);
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

  /** Their sound from the start; where nothing comes although it should, over new paths too. */
  async hearAgain(): Promise<void> {
    if (this.#silent && this.#link) this.#restart(this.#link);
    await this.sound.again();
  }

  /** Looks at what the browser counted; to be called every two seconds. */
  async look(): Promise<void> {
    const link = this.#link;
    if (!link) return;
    const report = await link.stats().catch(() => null);
    if (!report || link !== this.#link) return;
    const counted = countedIn(report.values(), link.state === "connected");
    this.#judged = judged(this.#judged, counted);
    this.#listen(counted.received + counted.energy, link.received("audio")?.muted ?? true);
    this.shared.changed();
  }

  close(): void {
    this.#drop();
    this.sound.close();
    for (const what of ["face", "screen"] as const) this.show(what, null);
  }

  #listen(flow: number, muted: boolean): void {
    const now = this.shared.now();
    const comes = flow !== this.#flow && !muted;
    this.#flow = flow;
    if (comes || !this.connected || !this.#state.microphone) this.#heardAt = now;
    this.#silent = now - this.#heardAt >= SILENT_AFTER_MS;
  }

  #said(state: Signal["state"]): void {
    if (!state) return;
    if (state.microphone && !this.#state.microphone) this.#heardAt = this.shared.now();
    this.#state = state;
    this.shared.changed();
  }

  #askedAgain(call: string): void {
    if (!this.#offers || call > this.#latest) return;
    // They have not heard of the newest attempt yet: it may be on its way.
    if (call !== this.#latest && this.shared.now() - this.#begunAt < ASK_RESTART_AFTER_MS) return;
    this.#fresh();
  }

  /** Offers a connection of its own id. */
  #fresh(): void {
    const now = this.shared.now();
    const wait = this.#begunAt + APART_MS - now;
    if (wait > 0) return this.#timers.in("apart", wait, () => this.#offers && this.#fresh());
    this.#timers.cancel("apart");
    this.#begunAt = now;
    this.#madeAt = Math.max(Math.floor(now), this.#madeAt + 1);
    const link = this.#take(callId(this.shared.ownNumber(), this.#madeAt), true);
    link.offer();
    this.#play();
    this.#expect(CONNECT_WITHIN_MS);
  }

  #answer(offer: Signal, number: number): void {
    this.number = Math.max(this.number, number);
    const link = this.#take(offer.call, false);
    const early = this.#early.filter(({ call }) => call === offer.call);
    this.#early = this.#early.filter(({ call }) => call > offer.call);
    for (const body of [offer, ...early]) link.heard(body);
    this.#expect(ASK_AFTER_MS);
  }

  #take(call: string, offers: boolean): PeerLink {
    this.#drop();
    this.#latest = call;
    const { later } = this.shared;
    const link: PeerLink = new PeerLink(call, offers, {
      connection: this.shared.connection(),
      later,
      send: (body) => this.shared.send(this.seat, body),
      changed: () => link === this.#link && this.#changed(link),
    }, this.shared.tracks(), this.shared.saving());
    return (this.#link = link);
  }

  #drop(): void {
    this.#timers.clear();
    this.#link?.close();
    this.#link = null;
    this.#connected = false;
    this.#flow = 0;
    this.#play();
  }

  #changed(link: PeerLink): void {
    this.#play();
    if (link.state === "connected") this.#nowConnected(link);
    else {
      this.#connected = false;
      if (link.state === "failed") this.#again();
      else if (link.state === "disconnected") {
        this.#timers.in("restart", link.offers ? RESTART_AFTER_MS : ASK_RESTART_AFTER_MS, () => this.#restart(link));
      }
    }
    this.shared.changed();
  }

  #nowConnected(link: PeerLink): void {
    for (const timer of ["connect", "restart"] as const) this.#timers.cancel(timer);
    if (this.#connected) return;
    this.#connected = this.#wasConnected = true;
    this.#tries = 0;
    this.#heardAt = this.shared.now();
    // What was switched while it connected.
    void link.use(this.shared.tracks());
    this.tell();
  }

  #restart(link: PeerLink): void {
    if (link !== this.#link) return;
    if (link.state === "closed") return this.#again();
    link.restart(this.shared.servers());
    this.#expect(CONNECT_WITHIN_MS);
  }

  /** Waits for the connection, twice as long after each few tries. */
  #expect(within: number): void {
    this.#timers.in("connect", Math.min(within * 2 ** Math.max(0, this.#tries - 2), MOST_WAIT_MS), () => {
      this.#tries += 1;
      if (!this.connected) this.#again();
    });
  }

  #again(): void {
    // Nobody is there to be connected with: their coming back begins anew.
    if (!this.#present) return;
    if (this.#offers) this.#fresh();
    else this.#ask();
  }

  #ask(): void {
    this.shared.send(this.seat, { kind: "again", call: this.#latest });
    this.#expect(ASK_AFTER_MS);
  }

  #play(): void {
    this.sound.play(this.#link?.received("audio") ?? null);
    for (const what of ["face", "screen"] as const) {
      const element = this.shown[what];
      const track = this.#link?.received(what) ?? null;
      if (!element || ((element.srcObject as MediaStream | null)?.getTracks()[0] ?? null) === track) continue;
      element.muted = true;
      element.playsInline = true;
      element.srcObject = track && new MediaStream([track]);
      void element.play().catch(() => {});
    }
  }
}
