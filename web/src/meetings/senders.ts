/** What is sent in the three places of a connection, and how much of it at most. */

export interface Tracks {
  readonly audio: MediaStreamTrack | null;
  readonly face: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

interface Shape {
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  /** Lines; a picture with more is scaled down. Infinity leaves it as it is. */
  readonly height: number;
}

const FACE: Shape = { maxBitrate: 350_000, maxFramerate: 24, height: 360 };
const LITTLE_FACE: Shape = { maxBitrate: 100_000, maxFramerate: 10, height: 180 };
const SCREEN: Shape = { maxBitrate: 800_000, maxFramerate: 8, height: Infinity };
const LITTLE_SCREEN: Shape = { maxBitrate: 200_000, maxFramerate: 3, height: 720 };
const SOUND_BPS = 32_000;
const LITTLE_SOUND_BPS = 20_000;

const ORDER = ["audio", "face", "screen"] as const;

export class Senders {
  #places: readonly RTCRtpTransceiver[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private tracks: Tracks, private saving: boolean) {}

  get placed(): boolean {
    return this.#places.length > 0;
  }

  place(what: keyof Tracks): RTCRtpTransceiver | null {
    return this.#places[ORDER.indexOf(what)] ?? null;
  }

  /** The places are there: sound, face, screen, in this order on both sides. */
  async take(places: readonly RTCRtpTransceiver[]): Promise<void> {
    this.#places = places;
    // What is in one stream, the other side plays in step.
    const together = new MediaStream();
    for (const [at, place] of places.entries()) {
      if (place.direction !== "sendrecv") place.direction = "sendrecv";
      if (at < 2 && place.mid !== null) place.sender.setStreams?.(together);
    }
    await this.use(this.tracks);
  }

  async use(tracks: Tracks): Promise<void> {
    this.tracks = tracks;
    await Promise.all(ORDER.map(async (what) => {
      const sender = this.place(what)?.sender;
      if (sender && sender.track !== tracks[what]) await sender.replaceTrack(tracks[what]);
    }));
    await this.shape();
  }

  async save(saving: boolean): Promise<void> {
    this.saving = saving;
    await this.shape();
  }

  /**
   * Browsers know the encodings of a sender only once it is agreed on, so this is said again after that. One after the other:
   * what was read before somebody else wrote can't be written any more.
   */
  shape(): Promise<void> {
    const done = this.#turn.then(() => Promise.all(ORDER.map((what) => this.#shape(what)))).then(() => {});
    this.#turn = done;
    return done;
  }

  async #shape(what: keyof Tracks): Promise<void> {
    const sender = this.place(what)?.sender;
    const settings = sender?.getParameters();
    const encoding = settings?.encodings?.[0];
    if (!sender || !settings || !encoding) return;
    Object.assign(encoding, what === "audio" ? this.#sound() : this.#picture(what));
    // Not every browser lets everything be set; what it sends then is its own good choice.
    await sender.setParameters(settings).catch(() => {});
  }

  #sound(): Partial<RTCRtpEncodingParameters> {
    return { maxBitrate: this.saving ? LITTLE_SOUND_BPS : SOUND_BPS, priority: "high", networkPriority: "high" };
  }

  #picture(what: "face" | "screen"): Partial<RTCRtpEncodingParameters> {
    const { height, ...limits } = what === "face" ? (this.saving ? LITTLE_FACE : FACE) : this.saving ? LITTLE_SCREEN : SCREEN;
    const settings = this.tracks[what]?.getSettings();
    // A phone held upright has its short side across.
    const lines = Math.min(settings?.height ?? 0, settings?.width ?? Infinity);
    return { ...limits, scaleResolutionDownBy: Math.max(1, lines / height) };
  }
}
