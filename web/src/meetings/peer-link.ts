/**
 * One connection between two browsers: one attempt, with an id of its own. Whoever offers makes the three places for media
 * in advance (sound, face, screen), so that switching a camera on or sharing a screen changes a track and negotiates nothing.
 *
 * What is negotiated later (new network paths, how much to send at most) may come from both at once: "perfect negotiation"
 * (W3C WebRTC, 10.7), in which the one who answered first gives way.
 */

import { type Later, Timers } from "../api/timers.ts";
import { asSent, belongs, codecs, MOST_SDP } from "./sdp.ts";
import { Senders, type Tracks } from "./senders.ts";
import type { Candidate, Signal } from "./types.ts";

export interface LinkWorld {
  readonly connection: RTCPeerConnection;
  readonly later: Later;
  send(body: Signal): void;
  /** The state, or what is received, is another. */
  changed(): void;
}

const BATCH_MS = 100;
const MOST_CANDIDATES = 30;
/** An offer whose answer did not come while the connection works is said again. */
const ANSWER_WITHIN_MS = 8_000;

export class PeerLink {
  readonly #connection: RTCPeerConnection;
  readonly #senders: Senders;
  readonly #timers: Timers<"candidates" | "answer">;
  #found: Candidate[] = [];
  readonly #told: Candidate[] = [];
  /** Candidates whose description has not come yet. */
  #waiting: Candidate[] = [];
  #making = false;
  #ignoring = false;
  #turn: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    readonly call: string,
    readonly offers: boolean,
    private readonly world: LinkWorld,
    tracks: Tracks,
    private saving: boolean,
  ) {
    this.#connection = world.connection;
    this.#senders = new Senders(tracks, saving);
    this.#timers = new Timers(world.later);
    this.#connection.onconnectionstatechange = () => this.#closed || world.changed();
    this.#connection.onicecandidate = ({ candidate }) => this.#closed || this.#foundPath(candidate);
    this.#connection.onnegotiationneeded = () => void this.#negotiate();
  }

  /** Begins, on the side that offers. */
  offer(): void {
    const together = new MediaStream();
    const places = (["audio", "video", "video"] as const).map((kind, at) => {
      const place = this.#connection.addTransceiver(kind, { direction: "sendrecv", streams: at < 2 ? [together] : [] });
      const wanted = codecs(kind);
      if (wanted) place.setCodecPreferences?.(wanted);
      return place;
    });
    void this.#senders.take(places);
  }

  get state(): RTCPeerConnectionState {
    return this.#closed ? "closed" : this.#connection.connectionState;
  }

  /** Whether an offer of this side waits for its answer. */
  get unanswered(): boolean {
    return !this.#closed && this.#connection.signalingState === "have-local-offer";
  }

  /** What comes from the other side; null before it is agreed on. */
  received(what: keyof Tracks): MediaStreamTrack | null {
    return this.#senders.place(what)?.receiver.track ?? null;
  }

  /** Says an offer again that was not answered yet, and the paths with it. */
  sayAgain(): void {
    if (!this.unanswered) return;
    this.#describe();
    this.#found = [...this.#told.splice(0), ...this.#found];
    this.#tellPaths();
  }

  /** Signals in the order of hearing them; each is done with before the next. */
  heard(body: Signal): void {
    this.#turn = this.#turn.then(() => (this.#closed ? undefined : this.#take(body))).catch((failure: unknown) => {
      // A description that can't be used leaves the connection unconnected, and that is noticed in time.
      if (!this.#closed && !this.#ignoring) console.warn("A call could not use what it heard", (failure as Error).name);
    });
  }

  async use(tracks: Tracks): Promise<void> {
    if (!this.#closed) await this.#senders.use(tracks);
  }

  /** Sends little, and tells the other side to. */
  async save(saving: boolean): Promise<void> {
    if (saving === this.saving || this.#closed) return;
    this.saving = saving;
    await this.#senders.save(saving);
    if (this.#connection.signalingState === "stable" && this.#connection.remoteDescription) await this.#negotiate();
  }

  /** Looks for new paths, as after a change of network; `servers` are those with passwords that are still good. */
  restart(servers: RTCIceServer[]): void {
    if (this.#closed) return;
    const settings = this.#connection.getConfiguration();
    this.#connection.setConfiguration({ ...settings, iceServers: servers });
    this.#connection.restartIce();
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#timers.clear();
    this.#connection.close();
  }

  async #negotiate(): Promise<void> {
    if (this.#closed) return;
    try {
      this.#making = true;
      await this.#connection.setLocalDescription();
      this.#describe();
    } catch (failure) {
      if (!this.#closed) console.warn("A call could not describe itself", (failure as Error).name);
    } finally {
      this.#making = false;
    }
  }

  #describe(): void {
    const local = this.#connection.localDescription;
    if (this.#closed || !local || (local.type !== "offer" && local.type !== "answer")) return;
    const sdp = asSent(local.sdp, this.saving);
    if (sdp.length > MOST_SDP) return console.warn("A description is longer than can be sent", sdp.length);
    this.world.send({ kind: local.type, call: this.call, sdp });
    if (local.type === "offer") this.#timers.in("answer", ANSWER_WITHIN_MS, () => this.state === "connected" && this.sayAgain());
  }

  async #take(body: Signal): Promise<void> {
    if (body.kind === "candidates") return this.#takeCandidates(body.candidates ?? []);
    if (!body.sdp) return;
    if (body.kind === "offer") await this.#takeOffer(body.sdp);
    else if (body.kind === "answer" && this.#connection.signalingState === "have-local-offer") {
      this.#timers.cancel("answer");
      await this.#connection.setRemoteDescription({ type: "answer", sdp: body.sdp });
      await this.#senders.shape();
      await this.#takeCandidates([]);
    }
  }

  async #takeOffer(sdp: string): Promise<void> {
    const collides = this.#making || this.#connection.signalingState !== "stable";
    this.#ignoring = this.offers && collides;
    if (this.#ignoring) return;
    await this.#connection.setRemoteDescription({ type: "offer", sdp });
    if (!this.#senders.placed) await this.#senders.take(this.#connection.getTransceivers());
    await this.#connection.setLocalDescription();
    this.#describe();
    await this.#senders.shape();
    await this.#takeCandidates([]);
    this.world.changed();
  }

  async #takeCandidates(more: readonly Candidate[]): Promise<void> {
    const sdp = this.#connection.remoteDescription?.sdp;
    const all = [...this.#waiting, ...more];
    this.#waiting = sdp === undefined ? all : all.filter(({ candidate }) => !belongs(candidate, sdp));
    if (sdp === undefined) return;
    for (const one of all.filter(({ candidate }) => belongs(candidate, sdp))) {
      // A path that this browser can't use is one path less; the others remain.
      await this.#connection.addIceCandidate({ ...one }).catch(() => {});
    }
  }

  #foundPath(candidate: RTCIceCandidate | null): void {
    if (!candidate?.candidate) return;
    const { sdpMid, sdpMLineIndex } = candidate;
    this.#found.push({ candidate: candidate.candidate, sdpMid, sdpMLineIndex });
    if (!this.#timers.has("candidates")) this.#timers.in("candidates", BATCH_MS, () => this.#tellPaths());
  }

  #tellPaths(): void {
    const found = this.#found;
    this.#found = [];
    this.#told.push(...found);
    for (let at = 0; at < found.length; at += MOST_CANDIDATES) {
      this.world.send({ kind: "candidates", call: this.call, candidates: found.slice(at, at + MOST_CANDIDATES) });
    }
  }
}
