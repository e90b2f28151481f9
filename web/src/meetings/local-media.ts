/**
 * The own microphone and camera. Fires "change" whenever something here is another.
 *
 * A camera that is off is stopped, so that its light goes out. A microphone that is off stays open and sends nothing: it
 * is back at once, and a headset keeps its mode.
 */

import { Level } from "./level.ts";

/** What the device or the system did by itself to a track, while the person wants it on. */
export type Trouble = "" | "gone" | "held";

type Kind = "audio" | "video";

const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** 360p is a face; more costs data that a cheap phone does not have. */
const PICTURE: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user" };

export class LocalMedia extends EventTarget {
  microphone = false;
  camera = false;
  /** For the own preview and for whoever sends it; one instance for good, its tracks come and go. */
  readonly stream = new MediaStream();
  /** The id of the speaker to play to; empty is the one of the system. */
  speaker = "";
  /** "gone": the device was pulled or taken from us. "held": the system mutes it, as during a phone call. */
  readonly trouble: Record<Kind, Trouble> = { audio: "", video: "" };
  readonly #chosen: Record<Kind, string> = { audio: "", video: "" };
  readonly #level = new Level();
  #turn: Promise<unknown> = Promise.resolve();
  /** Counts how often everything was stopped: what was asked for before that is not wanted any more when it comes. */
  #stops = 0;
  #listening = false;

  get #sound(): MediaStreamTrack | null {
    return this.stream.getAudioTracks()[0] ?? null;
  }

  get #picture(): MediaStreamTrack | null {
    return this.stream.getVideoTracks()[0] ?? null;
  }

  /**
   * Asks for both in one question, where both are wanted. Where there is no camera to be had, the microphone is on all the
   * same when this raises the browser's error.
   */
  start({ audio, video }: { readonly audio: boolean; readonly video: boolean }): Promise<void> {
    return this.#next(async () => {
      this.#listen();
      try {
        await this.#take({ audio: audio && !this.#sound, video: video && !this.#picture });
      } catch (failure) {
        if (audio && video && (await soundAlone(failure))) await this.#take({ audio: true, video: false }).catch(() => {});
        throw failure;
      } finally {
        this.#set(audio && this.#sound !== null, video && this.#picture !== null);
      }
    });
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#next(async () => {
      if (on && !this.#sound) await this.#take({ audio: true, video: false });
      this.#set(on && this.#sound !== null, this.camera);
    });
  }

  setCamera(on: boolean): Promise<void> {
    return this.#next(async () => {
      if (on && !this.#picture) await this.#take({ audio: false, video: true });
      if (!on) this.#drop(this.#picture);
      this.#set(this.microphone, on && this.#picture !== null);
    });
  }

  async devices(): Promise<MediaDeviceInfo[]> {
    return (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  }

  /** Takes another device from now on. Where it can't be had, the one before stays, and the browser's error is raised. */
  use(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    return this.#next(async () => {
      if (kind === "audiooutput") this.speaker = deviceId;
      else await this.#swap(kind === "audioinput" ? "audio" : "video", deviceId);
      this.#changed();
    });
  }

  /** Takes anew what the system muted or took away, as after a phone call; what is well stays as it is. */
  refresh(): Promise<void> {
    return this.#next(async () => {
      if (this.microphone && !works(this.#sound)) await this.#swap("audio", this.#chosen.audio);
      if (this.camera && !works(this.#picture)) await this.#swap("video", this.#chosen.video);
      this.#changed();
    });
  }

  /** How loud it is at the microphone just now: 0 to 1. */
  level(): number {
    return this.microphone ? this.#level.of(this.#sound) : 0;
  }

  stop(): void {
    this.#stops += 1;
    for (const track of this.stream.getTracks()) this.#drop(track);
    this.#level.close();
    navigator.mediaDevices?.removeEventListener("devicechange", this.#devicesChanged);
    this.#listening = false;
    this.#set(false, false);
  }

  /** One wish after the other: who presses a button twice means the second press. */
  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #take(wanted: Readonly<Record<Kind, boolean>>): Promise<void> {
    if (!wanted.audio && !wanted.video) return;
    const stops = this.#stops;
    const got = await navigator.mediaDevices.getUserMedia({
      audio: wanted.audio && this.#constraints("audio"),
      video: wanted.video && this.#constraints("video"),
    });
    for (const track of got.getTracks()) {
      if (stops === this.#stops) this.#add(track);
      else track.stop();
    }
  }

  #constraints(kind: Kind): MediaTrackConstraints {
    const deviceId = this.#chosen[kind];
    const { facingMode, ...picture } = PICTURE;
    if (kind === "audio") return deviceId ? { ...SOUND, deviceId: { exact: deviceId } } : SOUND;
    return deviceId ? { ...picture, deviceId: { exact: deviceId } } : { ...picture, facingMode: facingMode ?? "user" };
  }

  /** Phones open one camera at a time, so the old one has to go first. */
  async #swap(kind: Kind, deviceId: string): Promise<void> {
    const before = this.#chosen[kind];
    this.#chosen[kind] = deviceId;
    if (kind === "audio" ? !this.microphone : !this.camera) return this.#drop(kind === "audio" ? this.#sound : this.#picture);
    const old = kind === "audio" ? this.#sound : this.#picture;
    if (kind === "video") this.#drop(old);
    try {
      await this.#take({ audio: kind === "audio", video: kind === "video" });
      if (kind === "audio") this.#drop(old);
    } catch (failure) {
      this.#chosen[kind] = before;
      if (kind === "video") await this.#take({ audio: false, video: true }).catch(() => (this.camera = false));
      throw failure;
    }
  }

  #add(track: MediaStreamTrack): void {
    const kind = track.kind as Kind;
    if (kind === "video") track.contentHint = "motion";
    this.trouble[kind] = "";
    track.addEventListener("mute", () => this.#held(track, true));
    track.addEventListener("unmute", () => this.#held(track, false));
    track.addEventListener("ended", () => this.#gone(track));
    this.stream.addTrack(track);
  }

  #drop(track: MediaStreamTrack | null): void {
    if (!track) return;
    track.stop();
    this.stream.removeTrack(track);
  }

  #held(track: MediaStreamTrack, held: boolean): void {
    if (!this.stream.getTracks().includes(track)) return;
    this.trouble[track.kind as Kind] = held ? "held" : "";
    this.#changed();
  }

  /** Pulled, or no longer allowed: tries the system's own choice once, since a headset that goes leaves a microphone behind. */
  #gone(track: MediaStreamTrack): void {
    void this.#next(async () => {
      if (!this.stream.getTracks().includes(track)) return;
      const kind = track.kind as Kind;
      this.#drop(track);
      this.#chosen[kind] = "";
      const wanted = kind === "audio" ? this.microphone : this.camera;
      const found = wanted && (await this.#take({ audio: kind === "audio", video: kind === "video" }).then(() => true, () => false));
      if (kind === "audio") this.#set(this.microphone && found, this.camera);
      else this.#set(this.microphone, this.camera && found);
      if (wanted && !found) this.trouble[kind] = "gone";
      this.#changed();
    });
  }

  readonly #devicesChanged = (): void => {
    void this.devices().then((devices) => {
      if (this.speaker && !devices.some(({ deviceId }) => deviceId === this.speaker)) this.speaker = "";
      this.#changed();
    });
  };

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    navigator.mediaDevices?.addEventListener("devicechange", this.#devicesChanged);
  }

  #set(microphone: boolean, camera: boolean): void {
    this.microphone = microphone;
    this.camera = camera;
    if (this.#sound) this.#sound.enabled = microphone;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

function works(track: MediaStreamTrack | null): boolean {
  return track !== null && track.readyState === "live" && !track.muted;
}

/**
 * Whether it makes sense to ask for sound alone: the trouble is a camera that is missing or in use, or one that was forbidden
 * while the microphone is allowed. Who has just said no is not asked again.
 */
async function soundAlone(failure: unknown): Promise<boolean> {
  if (!(failure instanceof DOMException) || failure.name !== "NotAllowedError") return true;
  try {
    return (await navigator.permissions.query({ name: "microphone" as PermissionName })).state === "granted";
  } catch {
    return false;
  }
}

/** What `refusalIn` wants to know of where the page is shown. */
export function circumstances(): { secure: boolean; supported: boolean; allowed: boolean } {
  const policy = (document as Document & { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
  return {
    secure: isSecureContext,
    supported: typeof navigator.mediaDevices?.getUserMedia === "function" && typeof RTCPeerConnection === "function",
    allowed: policy?.allowsFeature("microphone") ?? true,
  };
}
