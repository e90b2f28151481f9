/**
 * The attempts to be connected with one seat, one after the other until one works, and anew when it breaks. Whoever came later
 * offers (both offering at once fails), the other answers, and asks where no offer comes.
 */

import { Timers } from "../api/timers.ts";
import { callId, NO_CALL, numberIn } from "./call-id.ts";
import { PeerLink } from "./peer-link.ts";
import type { Shared } from "./peer-shared.ts";
import type { Seat, Signal } from "./types.ts";

const CONNECT_WITHIN_MS = 8_000;
/** The one who offers tries again by itself; the other asks a little later, so that they do not do it twice. */
const ASK_AFTER_MS = 10_000;
const MOST_WAIT_MS = 30_000;
/** Many interruptions pass by themselves. */
const RESTART_AFTER_MS = 1_000;
const ASK_RESTART_AFTER_MS = 3_000;
/** Two fresh connections are at least so far apart. */
const APART_MS = 2_000;
/** What is on its way to the other side, or from there, is given so much time. */
const ON_ITS_WAY_MS = 5_000;
/** So often an offer is waited for to be answered before another connection takes its place. */
const MOST_WAITS = 2;
const MOST_EARLY = 40;

export interface AttemptsListener {
  /** Another connection, other tracks, or another state of it. */
  changed(): void;
  /** For the first time, or again. */
  connected(link: PeerLink): void;
}

export class PeerAttempts {
  link: PeerLink | null = null;
  #present = true;
  /** The newest attempt there was; whatever is said of an earlier one no longer counts. */
  #latest = NO_CALL;
  /** Signals of an attempt whose offer has not come yet: nothing keeps them in order on the way. */
  #early: Signal[] = [];
  #tries = 0;
  #begunAt = -Infinity;
  /** When something last happened to the newest attempt. */
  #movedAt = -Infinity;
  #madeAt = 0;
  #works = false;
  readonly #timers: Timers<"connect" | "restart" | "apart">;

  constructor(
    private readonly seat: string,
    private number: number,
    private readonly shared: Shared,
    private readonly listener: AttemptsListener,
  ) {
    this.#timers = new Timers(shared.later);
  }

  get connected(): boolean {
    return this.link?.state === "connected";
  }

  get #offers(): boolean {
    return this.shared.ownNumber() > this.number;
  }

  /** Begins to connect: offers, or waits for the offer. What was there before is of the past. */
  begin(): void {
    this.drop();
    this.#tries = 0;
    this.#begunAt = -Infinity;
    if (this.#offers) this.#fresh();
    else this.#expect(ASK_AFTER_MS);
  }

  /** The news of the seat; answers whether its person came anew, and has to be connected with from the start. */
  know({ number, present }: Seat): boolean {
    const back = present && !this.#present;
    this.#present = present;
    if (number <= this.number) {
      if (back && !this.connected) this.begin();
      return false;
    }
    this.number = number;
    // Their offer may have been here before the news of them.
    return numberIn(this.link?.call ?? "") !== number;
  }

  /** Whether a signal is of the newest attempt, or of one that is newer still. */
  isOfNow(body: Signal): boolean {
    return !Number.isNaN(numberIn(body.call)) && body.call >= this.#latest;
  }

  hear(body: Signal): void {
    if (body.kind === "again") return this.#askedAgain(body.call);
    if (body.kind === "restart") return this.#offers && body.call === this.#latest ? this.restart() : undefined;
    if (!this.isOfNow(body)) return;
    if (body.call === this.link?.call) return this.#heard(this.link, body);
    const number = numberIn(body.call);
    // Only who came later offers, and only their later attempts are new.
    if (number <= this.shared.ownNumber() || number < this.number || body.call === this.#latest) return;
    if (body.kind === "offer") this.#answer(body, number);
    else this.#early = [...this.#early, body].slice(-MOST_EARLY);
  }

  /** The network may be another, or the page was asleep. `all`: also what seems to work. */
  woke(all: boolean): void {
    const state = this.link?.state;
    if (state === "disconnected" || (state === "connected" && all)) this.restart();
    else if (state !== "connected") this.#again();
  }

  /**
   * Looks for new paths. Only the one who offers does; the other asks for it. Both at once would collide, and a browser
   * that takes its own offer back may stop sending pictures (seen in Chromium 156).
   */
  restart(): void {
    const { link } = this;
    // A browser that has never heard of the other has no paths to renew.
    if (!link || link.state === "closed" || link.state === "new") return this.#again();
    if (link.offers) link.restart(this.shared.servers());
    else this.shared.send(this.seat, { kind: "restart", call: this.#latest });
    this.#expect(link.offers ? CONNECT_WITHIN_MS : ASK_AFTER_MS);
  }

  drop(): void {
    this.#timers.clear();
    this.link?.close();
    this.link = null;
    this.#works = false;
    this.listener.changed();
  }

  #heard(link: PeerLink, body: Signal): void {
    link.heard(body);
    if (body.kind === "candidates" || this.connected) return;
    // The two agree only now: from here on it takes its time to connect.
    this.#movedAt = this.shared.now();
    this.#expect(link.offers ? CONNECT_WITHIN_MS : ASK_AFTER_MS);
  }

  #askedAgain(call: string): void {
    if (!this.#offers || call > this.#latest) return;
    // They asked before they knew.
    if (this.shared.now() - this.#movedAt < ON_ITS_WAY_MS) return;
    if (this.link?.unanswered) this.link.sayAgain();
    else this.#fresh();
  }

  /** Offers a connection with an id of its own. */
  #fresh(): void {
    const now = this.shared.now();
    const wait = this.#begunAt + APART_MS - now;
    if (wait > 0) return this.#timers.in("apart", wait, () => this.#offers && this.#fresh());
    this.#begunAt = this.#movedAt = now;
    this.#madeAt = Math.max(Math.floor(now), this.#madeAt + 1);
    this.#take(callId(this.shared.ownNumber(), this.#madeAt), true).offer();
    this.listener.changed();
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
    this.drop();
    this.#latest = call;
    const { shared } = this;
    const link: PeerLink = new PeerLink(call, offers, {
      connection: shared.connection(),
      later: shared.later,
      send: (body) => shared.send(this.seat, body),
      changed: () => link === this.link && this.#changed(link),
    }, shared.tracks(), shared.saving());
    return (this.link = link);
  }

  #changed(link: PeerLink): void {
    const { state } = link;
    if (state === "connected") this.#connected(link);
    else this.#works = false;
    if (state === "failed") this.#again();
    if (state === "disconnected") {
      this.#timers.in("restart", link.offers ? RESTART_AFTER_MS : ASK_RESTART_AFTER_MS, () => link === this.link && this.restart());
    }
    this.listener.changed();
  }

  #connected(link: PeerLink): void {
    for (const timer of ["connect", "restart"] as const) this.#timers.cancel(timer);
    if (this.#works) return;
    this.#works = true;
    this.#tries = 0;
    this.#movedAt = this.shared.now();
    this.listener.connected(link);
  }

  /** Waits for the connection, longer after some tries. */
  #expect(within: number): void {
    this.#timers.in("connect", Math.min(within * 2 ** Math.max(0, this.#tries - 2), MOST_WAIT_MS), () => {
      this.#tries += 1;
      if (this.connected || !this.#present) return;
      if (!this.link?.unanswered || this.#tries > MOST_WAITS) return this.#again();
      // It, or its answer, may be lost.
      this.link.sayAgain();
      this.#expect(within);
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
}
