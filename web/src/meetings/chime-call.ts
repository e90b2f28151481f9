/**
 * A call that Amazon Chime carries. Loaded when such a call begins, since Amazon's SDK weighs more than the rest of the site.
 * Sound is mixed by Amazon's servers, and pictures go through them: what peers say of end-to-end encryption is not true of it.
 */

import type AudioVideoObserver from "amazon-chime-sdk-js/build/audiovideoobserver/AudioVideoObserver";
import type ClientMetricReport from "amazon-chime-sdk-js/build/clientmetricreport/ClientMetricReport";
import type { Call, Other, Quality } from "./call.ts";
import { Hearing } from "./chime-hearing.ts";
import { isScreen, Roster, type Tile, type What } from "./chime-roster.ts";
import { type OwnMedia, Sending } from "./chime-sending.ts";
import { openSession, type Session } from "./chime-session.ts";
import { ownQuality, type Stop, stopOf } from "./chime-status.ts";
import type { ChimeTicket, Seat } from "./types.ts";

export interface ChimeCallSettings {
  readonly ticket: ChimeTicket;
  readonly media: OwnMedia;
  /** The id of the own seat. */
  readonly you: string;
  readonly open?: (ticket: ChimeTicket) => Session;
}

export class ChimeCall extends EventTarget implements Call {
  /** Amazon's blur runs code and models that only its own servers hand out, and needs 'wasm-unsafe-eval'. See docs/calls.md. */
  readonly canBlur = false;
  state: Call["state"] = "connecting";
  /** Why the call is over, once it is; null where it was ended here. */
  stopped: Stop | null = null;
  readonly #session: Session;
  readonly #sending: Sending;
  readonly #roster: Roster;
  readonly #hearing = new Hearing();
  /** Where pictures are wanted, by seat and what; and where the SDK shows them, by tile. */
  readonly #wanted = new Map<string, HTMLVideoElement>();
  readonly #shown = new Map<number, HTMLVideoElement>();
  readonly #heeded = new Set<string>();
  readonly #sound: HTMLAudioElement = document.createElement("audio");
  #begun = false;
  #saving = false;
  #signal = 1;
  #poor = false;

  /** Raises what the SDK raises about a ticket it cannot read. */
  constructor(private readonly settings: ChimeCallSettings) {
    super();
    this.#session = (settings.open ?? openSession)(settings.ticket);
    this.#sending = new Sending(this.#session.line, settings.media);
    this.#roster = new Roster(settings.you);
  }

  get others(): ReadonlyMap<string, Other> {
    return this.#roster.others(this.#hearing.silent);
  }

  get quality(): Quality {
    return ownQuality(this.state, this.#signal, this.#poor);
  }

  /** Resolves when the connection was begun. From then on `state` tells: the SDK tries for two minutes. */
  async start(): Promise<void> {
    const { line } = this.#session;
    this.#sound.hidden = true;
    document.body.append(this.#sound); // Safari on iOS plays only what is part of the page
    line.addObserver(this.#observer);
    line.realtimeSubscribeToAttendeeIdPresence((attendee, present, seat) => this.#presence(attendee, present, seat));
    line.realtimeSubscribeToLocalSignalStrengthChange((signal) => this.#line(() => (this.#signal = signal)));
    this.settings.media.addEventListener("change", this.#follow);
    await line.bindAudioElement(this.#sound);
    await this.#sending.follow();
    if (this.#over) return;
    this.#begun = true;
    line.start();
  }

  know(others: readonly Seat[]): void {
    this.#told(this.#roster.know(others));
  }

  show(seat: string, what: What, element: HTMLVideoElement | null): void {
    const place = `${seat} ${what}`;
    if (element) this.#wanted.set(place, element);
    else this.#wanted.delete(place);
    const tile = this.#roster.tileOf(seat, what);
    if (tile !== null) this.#put(tile, element);
  }

  async mediaChanged(): Promise<void> {
    if (!this.#over) await this.#sending.follow();
  }

  async share(screen: MediaStream | null): Promise<void> {
    if (!this.#over) await this.#sending.share(screen);
  }

  /** Amazon sends one size of each picture: little ones are not to be had, so faces stay away, and a screen still comes. */
  async saveData(on: boolean): Promise<void> {
    this.#saving = on;
    this.#choose();
    if (!this.#over) await this.#sending.saveData(on);
  }

  async reconnectSound(): Promise<void> {
    if (this.#over) return;
    const { line } = this.#session;
    line.unbindAudioElement();
    const bound = line.bindAudioElement(this.#sound);
    // First what needs the tap that called this: browsers forget it over the first wait.
    const heard = this.#sound.srcObject ? this.#sound.play() : null;
    this.#told(this.#hearing.afresh());
    await bound;
    await heard?.catch(() => {}); // still blocked: `silent` will say so
    await this.settings.media.refresh().catch(() => {});
    await this.#sending.soundAnew();
  }

  async blur(): Promise<void> {}

  end(): void {
    if (this.#over) return;
    this.#become("ended");
    this.#session.line.stop();
    this.#release();
    if (!this.#begun) void this.#session.destroy();
  }

  get #over(): boolean {
    return this.state === "ended";
  }

  readonly #follow = (): void => void this.mediaChanged();

  readonly #observer: AudioVideoObserver = {
    audioVideoDidStartConnecting: (again) => this.#become(again ? "reconnecting" : "connecting"),
    audioVideoDidStart: () => {
      this.#poor = false;
      this.#hearing.afresh();
      this.#choose(); // the SDK forgets it over a reconnection
      this.#become("connected");
    },
    audioVideoDidStop: (status) => {
      if (!this.#over) {
        this.stopped = stopOf(status.statusCode());
        this.#become("ended");
        this.#release();
      }
      void this.#session.destroy();
    },
    videoTileDidUpdate: (tile) => this.#saw(tile),
    videoTileWasRemoved: (tile) => {
      this.#shown.delete(tile);
      this.#told(this.#roster.sawLast(tile));
    },
    remoteVideoSourcesDidChange: () => this.#choose(),
    connectionDidBecomePoor: () => this.#line(() => (this.#poor = true)),
    connectionDidSuggestStopVideo: () => this.#line(() => (this.#poor = true)),
    connectionDidBecomeGood: () => this.#line(() => (this.#poor = false)),
    metricsDidReceive: (report) => this.#second(report),
  };

  #presence(attendee: string, present: boolean, seat: string | undefined): void {
    const { line } = this.#session;
    this.#told(present ? this.#roster.came(attendee, seat ?? "") : this.#roster.went(attendee));
    if (present && !this.#heeded.has(attendee) && !isScreen(attendee)) {
      this.#heeded.add(attendee);
      line.realtimeSubscribeToVolumeIndicator(attendee, this.#heard); // answers at once with what is known
    }
    if (!present && this.#heeded.delete(attendee)) line.realtimeUnsubscribeFromVolumeIndicator(attendee, this.#heard);
  }

  readonly #heard = (attendee: string, _volume: number | null, muted: boolean | null, signal: number | null): void =>
    this.#told(this.#roster.heard(attendee, muted, signal));

  #saw(tile: Tile): void {
    const changed = this.#roster.saw(tile);
    const at = this.#roster.placeOf(tile.tileId);
    if (at && this.#roster.tileOf(at.seat, at.what) === tile.tileId) this.#put(at.tile, this.#wanted.get(`${at.seat} ${at.what}`) ?? null);
    this.#told(changed);
  }

  #put(tile: number, element: HTMLVideoElement | null): void {
    const { line } = this.#session;
    const before = this.#shown.get(tile) ?? null;
    if (before === element) return;
    // Noted first: the SDK tells of the tile while it binds.
    if (element) this.#shown.set(tile, element);
    else this.#shown.delete(tile);
    if (before) line.unbindVideoElement(tile);
    if (element) line.bindVideoElement(tile, element);
  }

  #choose(): void {
    if (this.#over) return;
    const sources = this.#session.line.getRemoteVideoSources().map(({ attendee }) => attendee.attendeeId);
    this.#session.receive(this.#saving ? sources.filter(isScreen) : sources);
  }

  #second(report: ClientMetricReport): void {
    if (this.state !== "connected") return;
    const { audioPacketsReceived } = report.getObservableMetrics();
    // Browsers that do not count are not held against it.
    const packets = typeof audioPacketsReceived === "number" && !Number.isNaN(audioPacketsReceived) ? audioPacketsReceived : 1;
    this.#told(this.#hearing.second(packets, !this.#sound.paused));
  }

  #line(change: () => void): void {
    const before = this.quality;
    change();
    this.#told(this.quality !== before);
  }

  #become(state: Call["state"]): void {
    if (this.#over || state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }

  #told(changed: boolean): void {
    if (changed && !this.#over) this.dispatchEvent(new Event("change"));
  }

  /** The camera's light goes out and the sound stops at once, however long the SDK takes to say goodbye. */
  #release(): void {
    this.settings.media.removeEventListener("change", this.#follow);
    this.#session.line.unbindAudioElement();
    this.#sound.remove();
    void this.#sending.end();
  }
}
