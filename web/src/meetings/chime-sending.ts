/** What this browser sends into an Amazon Chime meeting. */

import type { Line } from "./chime-session.ts";

/** What is needed of LocalMedia. */
export interface OwnMedia extends EventTarget {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly stream: MediaStream;
  readonly speaker: string;
  /** Not empty: the system mutes it or took it away. */
  readonly trouble: Readonly<Record<"audio" | "video", string>>;
  refresh(): Promise<void>;
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly kbps: number;
}

/** 360p is a face. The SDK would send up to 1,500 kbit/s. */
const USUAL: Size = { width: 640, height: 360, frames: 15, kbps: 350 };
const LITTLE: Size = { width: 320, height: 180, frames: 10, kbps: 90 };

/**
 * The SDK stops the tracks it is given when it gets others, and switches them on and off itself: so it gets copies, and the
 * tracks of LocalMedia stay LocalMedia's.
 */
export class Sending {
  #sound: MediaStreamTrack | null | undefined;
  #picture: MediaStreamTrack | null = null;
  #speaker = "";
  #size = USUAL;
  #shares = false;
  #unshared: () => void = () => {};
  /** A screen that takes its time to go must not hold up the microphone. */
  readonly #turns: Record<"own" | "screen", Promise<unknown>> = { own: Promise.resolve(), screen: Promise.resolve() };

  constructor(private readonly line: Line, private readonly media: OwnMedia) {
    line.chooseVideoInputQuality(USUAL.width, USUAL.height, USUAL.frames);
    line.setVideoMaxBandwidthKbps(USUAL.kbps);
    line.addContentShareObserver({ contentShareDidStop: () => this.#stoppedSharing() });
  }

  /** To be called whenever LocalMedia changed. */
  follow(): Promise<void> {
    return this.#next("own", async () => {
      await this.#followSound();
      await this.#followPicture();
      await this.#followSpeaker();
    });
  }

  /** Hands the microphone over once more, as after a phone call. */
  soundAnew(): Promise<void> {
    this.#sound = undefined;
    return this.follow();
  }

  saveData(on: boolean): Promise<void> {
    return this.#next("own", async () => {
      this.#size = on ? LITTLE : USUAL;
      this.line.setVideoMaxBandwidthKbps(this.#size.kbps);
      if (!this.#picture) return;
      this.#picture = null;
      await this.#followPicture();
    });
  }

  /** Takes the screen over: it is stopped when it is no longer shown. */
  share(screen: MediaStream | null): Promise<void> {
    return this.#next("screen", async () => {
      if (this.#shares) {
        // The SDK stops whatever it then holds when the last one has ended: the next has to wait for that.
        const stopped = new Promise<void>((resolve) => (this.#unshared = resolve));
        this.line.stopContentShare();
        await stopped;
      }
      if (!screen) return;
      this.#shares = true;
      await this.line.startContentShare(screen);
    });
  }

  end(): Promise<void> {
    this.#stoppedSharing();
    return this.#next("own", async () => {
      await this.line.stopVideoInput();
      await this.line.stopAudioInput();
    });
  }

  async #followSound(): Promise<void> {
    const { microphone, stream, trouble } = this.media;
    const [track = null] = stream.getAudioTracks();
    const on = microphone && !trouble.audio && track !== null;
    if (!on) this.line.realtimeMuteLocalAudio();
    if (track !== this.#sound) {
      this.#sound = track;
      await this.line.startAudioInput(track && copy(track, on));
    }
    if (on) this.line.realtimeUnmuteLocalAudio();
  }

  async #followPicture(): Promise<void> {
    const { camera, stream } = this.media;
    const track = (camera && stream.getVideoTracks()[0]) || null;
    if (track === this.#picture) return;
    this.#picture = track;
    if (!track) {
      this.line.stopLocalVideoTile();
      await this.line.stopVideoInput();
      return;
    }
    await this.line.startVideoInput(await this.#sized(track));
    this.line.startLocalVideoTile(); // also makes the SDK reckon anew what it may send
  }

  async #sized(track: MediaStreamTrack): Promise<MediaStream> {
    const stream = copy(track, true);
    const { width, height, frames } = this.#size;
    const [picture] = stream.getVideoTracks();
    await picture?.applyConstraints({ width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frames } });
    return stream;
  }

  async #followSpeaker(): Promise<void> {
    const { speaker } = this.media;
    if (speaker === this.#speaker) return;
    this.#speaker = speaker;
    await this.line.chooseAudioOutput(speaker || null);
  }

  #stoppedSharing(): void {
    this.#shares = false;
    this.#unshared();
  }

  /** One after the other: each reads what LocalMedia holds when its turn comes. */
  #next(of: "own" | "screen", work: () => Promise<void>): Promise<void> {
    const done = this.#turns[of].then(work);
    this.#turns[of] = done.catch(() => {});
    return done;
  }
}

function copy(track: MediaStreamTrack, on: boolean): MediaStream {
  const copied = track.clone();
  copied.enabled = on;
  return new MediaStream([copied]);
}
