/** A call in which the browsers reach each other themselves, each with each; our socket only introduces them. */

import { type Later, Timers } from "../api/timers.ts";
import type { Call, Other, Quality } from "./call.ts";
import type { LocalMedia } from "./local-media.ts";
import { type Machinery, machinery } from "./peer-machinery.ts";
import { PeerOther } from "./peer-other.ts";
import type { Shared } from "./peer-shared.ts";
import { ofOwnLine } from "./quality.ts";
import type { Tracks } from "./senders.ts";
import type { Shown } from "./shown.ts";
import type { PeerTicket, Seat, Signal } from "./types.ts";

export interface Signals {
  send(to: string, body: Signal): void;
  /** The answer ends it. */
  listen(listener: (sender: string, body: Signal) => void): () => void;
}

export interface PeerCallSettings {
  /** The own seat, in the call. */
  readonly you: Pick<Seat, "id" | "number">;
  readonly ticket: PeerTicket;
  readonly media: LocalMedia;
  /** Talks through the ticket's servers only: nobody learns this device's address, and without a server nobody is reached. */
  readonly hideAddress: boolean;
  readonly signals: Signals;
  readonly machinery?: Machinery;
  readonly later?: Later;
  readonly now?: () => number;
}

const LOOK_MS = 2_000;
/** A word about the own microphone and camera may be lost on the way: it is said again. */
const TELL_MS = 20_000;
const MOST_STRANGERS = 16;
const MOST_HELD = 40;

export class PeerCall extends EventTarget implements Call {
  readonly canBlur = false;
  state: Call["state"] = "connecting";
  quality: Quality = "connecting";
  others: ReadonlyMap<string, Other> = new Map();
  readonly #people = new Map<string, PeerOther>();
  readonly #shown = new Map<string, Shown>();
  /** What came from seats the meeting has not told of yet: a newcomer's offer may be faster than the news of them. */
  readonly #held = new Map<string, Signal[]>();
  readonly #timers: Timers<"look" | "tell">;
  readonly #shared: Shared;
  readonly #machinery: Machinery;
  #ends: (() => void)[] = [];
  #number: number;
  #ticket: PeerTicket;
  #saving = false;
  #screen: MediaStreamTrack | null = null;
  #told = "";
  #seen = "";

  constructor(private readonly settings: PeerCallSettings) {
    super();
    this.#machinery = settings.machinery ?? machinery;
    this.#number = settings.you.number;
    this.#ticket = settings.ticket;
    const later = settings.later ?? this.#machinery.later;
    this.#timers = new Timers(later);
    this.#shared = {
      later,
      now: settings.now ?? (() => this.#machinery.now()),
      connection: () => this.#machinery.connection({ iceServers: this.#shared.servers(), bundlePolicy: "max-bundle", iceTransportPolicy: settings.hideAddress ? "relay" : "all" }),
      servers: () => this.#ticket.ice_servers.map(({ urls, username, credential }) => ({ urls: [...urls], username, credential })),
      ownNumber: () => this.#number,
      tracks: () => this.#tracks,
      state: () => this.#ownState,
      saving: () => this.#saving,
      send: (to, body) => settings.signals.send(to, body),
      changed: () => this.#changed(),
    };
  }

  async start(): Promise<void> {
    const { media, signals } = this.settings;
    const mediaChanged = () => void this.mediaChanged();
    media.addEventListener("change", mediaChanged);
    this.#ends = [
      signals.listen((sender, body) => this.#hear(sender, body)),
      () => media.removeEventListener("change", mediaChanged),
      this.#machinery.woken((all) => this.#people.forEach((person) => person.woke(all))),
    ];
    this.#look();
    this.#tellAgain();
  }

  /** `you`: the own seat, whose number rises when this page joined the call anew. `ticket`: newer passwords of the servers. */
  know(others: readonly Seat[], you?: Pick<Seat, "number">, ticket?: PeerTicket): void {
    if (this.state === "ended") return;
    if (ticket) this.#ticket = ticket;
    const inCall = others.filter(({ in_call, status, number }) => in_call && status === "admitted" && number > 0);
    for (const seat of this.#people.keys()) if (!inCall.some(({ id }) => id === seat)) this.#left(seat);
    const anew = you !== undefined && you.number > this.#number;
    if (anew) this.#number = you.number;
    for (const seat of inCall) {
      const person = this.#people.get(seat.id);
      person?.know(seat);
      if (person && anew) person.renew();
      if (!person) this.#came(seat);
    }
    this.#changed();
  }

  show(seat: string, what: "face" | "screen", element: HTMLVideoElement | null): void {
    const person = this.#people.get(seat);
    if (person) person.show(what, element);
    else this.#shownOf(seat)[what] = element;
  }

  async mediaChanged(): Promise<void> {
    if (this.state === "ended") return;
    const tracks = this.#tracks;
    for (const person of this.#people.values()) person.through(this.settings.media.speaker);
    this.#tell();
    await Promise.all([...this.#people.values()].map((person) => person.use(tracks)));
  }

  async share(screen: MediaStream | null): Promise<void> {
    const track = screen?.getVideoTracks()[0] ?? null;
    this.#screen = track;
    if (track) {
      track.contentHint = "detail";
      // Browsers have a "stop sharing" of their own.
      track.addEventListener("ended", () => track === this.#screen && void this.share(null));
    }
    await this.mediaChanged();
    this.dispatchEvent(new Event("change"));
  }

  async saveData(on: boolean): Promise<void> {
    this.#saving = on;
    await Promise.all([...this.#people.values()].map((person) => person.save(on)));
  }

  async reconnectSound(): Promise<void> {
    // First what needs the tap that called this: browsers forget it over the first wait.
    const heard = [...this.#people.values()].map((person) => person.hearAgain());
    await Promise.all([...heard, this.settings.media.refresh().catch(() => {})]);
    this.#changed();
  }

  async blur(): Promise<void> {}

  end(): void {
    if (this.state === "ended") return;
    for (const end of this.#ends) end();
    this.#timers.clear();
    for (const seat of [...this.#people.keys()]) this.#left(seat);
    this.#held.clear();
    this.state = "ended";
    this.dispatchEvent(new Event("change"));
  }

  get #tracks(): Tracks {
    const { stream } = this.settings.media;
    return { audio: stream.getAudioTracks()[0] ?? null, face: stream.getVideoTracks()[0] ?? null, screen: this.#screen };
  }

  get #ownState(): NonNullable<Signal["state"]> {
    const { microphone, camera, trouble } = this.settings.media;
    return { microphone: microphone && !trouble.audio, camera: camera && !trouble.video, screen: this.#screen !== null };
  }

  #came(seat: Seat): void {
    const sound = this.#machinery.sound(() => this.#changed());
    const person = new PeerOther(seat.id, seat.number, this.#shared, sound, this.#shownOf(seat.id));
    person.through(this.settings.media.speaker);
    this.#people.set(seat.id, person);
    const held = this.#held.get(seat.id) ?? [];
    this.#held.delete(seat.id);
    person.begin();
    for (const body of held) person.hear(body);
  }

  #left(seat: string): void {
    this.#people.get(seat)?.close();
    this.#people.delete(seat);
    this.#shown.delete(seat);
  }

  #shownOf(seat: string): Shown {
    const shown = this.#shown.get(seat) ?? { face: null, screen: null };
    this.#shown.set(seat, shown);
    return shown;
  }

  #hear(sender: string, body: Signal): void {
    const person = this.#people.get(sender);
    if (person) return person.hear(body);
    if (sender === this.settings.you.id || (!this.#held.has(sender) && this.#held.size >= MOST_STRANGERS)) return;
    this.#held.set(sender, [...(this.#held.get(sender) ?? []), body].slice(-MOST_HELD));
  }

  #tell(): void {
    const state = JSON.stringify(this.#ownState);
    if (state === this.#told) return;
    this.#told = state;
    for (const person of this.#people.values()) person.tell();
  }

  #tellAgain(): void {
    this.#timers.in("tell", TELL_MS, () => {
      for (const person of this.#people.values()) person.tell();
      this.#tellAgain();
    });
  }

  #look(): void {
    this.#timers.in("look", LOOK_MS, () => {
      void Promise.all([...this.#people.values()].map((person) => person.look())).then(() => this.state !== "ended" && this.#look());
    });
  }

  #changed(): void {
    if (this.state === "ended") return;
    const people = [...this.#people.values()];
    this.others = new Map(people.map((person) => [person.seat, person.view]));
    this.quality = ofOwnLine([...this.others.values()].map(({ quality }) => quality));
    if (people.length) this.state = people.some(({ connected }) => connected) ? "connected" : people.some(({ wasConnected }) => wasConnected) ? "reconnecting" : "connecting";
    const seen = JSON.stringify([this.state, this.quality, ...this.others]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.dispatchEvent(new Event("change"));
  }
}
