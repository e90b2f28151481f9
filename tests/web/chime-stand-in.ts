/**
 * Stands in for the facade of Amazon's SDK, since there is no Amazon Chime here. It is as strict as the SDK is lenient:
 * what the SDK would ignore with a line in its log is an error here. The SDK's own types keep its shape.
 */

import type AudioVideoObserver from "amazon-chime-sdk-js/build/audiovideoobserver/AudioVideoObserver";
import ClientMetricReport from "amazon-chime-sdk-js/build/clientmetricreport/ClientMetricReport";
import type ContentShareObserver from "amazon-chime-sdk-js/build/contentshareobserver/ContentShareObserver";
import NoOpLogger from "amazon-chime-sdk-js/build/logger/NoOpLogger";
import MeetingSessionStatus from "amazon-chime-sdk-js/build/meetingsession/MeetingSessionStatus";
import MeetingSessionStatusCode from "amazon-chime-sdk-js/build/meetingsession/MeetingSessionStatusCode";
import type VolumeIndicatorCallback from "amazon-chime-sdk-js/build/realtimecontroller/VolumeIndicatorCallback";
import VideoSource from "amazon-chime-sdk-js/build/videosource/VideoSource";
import VideoTileState from "amazon-chime-sdk-js/build/videotile/VideoTileState";
import type { Line, Session } from "../../web/src/meetings/chime-session.ts";

export { ClientMetricReport, MeetingSessionStatus, MeetingSessionStatusCode, VideoTileState };

type Presence = (attendee: string, present: boolean, seat?: string, dropped?: boolean) => void;
type Device = Parameters<Line["startAudioInput"]>[0];

export class LineStandIn implements Line {
  sound: HTMLAudioElement | null = null;
  microphone: MediaStream | null = null;
  camera: MediaStream | null = null;
  screen: MediaStream | null = null;
  speaker: string | null = null;
  muted = false;
  sending = false;
  kbps = 0;
  quality: readonly number[] = [];
  state: "idle" | "started" | "stopped" = "idle";
  readonly tiles = new Map<number, VideoTileState>();
  readonly attendees = new Map<string, { seat: string; muted: boolean }>();
  readonly #observers = new Set<AudioVideoObserver>();
  readonly #screens = new Set<ContentShareObserver>();
  readonly #presence = new Set<Presence>();
  readonly #volume = new Map<string, VolumeIndicatorCallback>();
  readonly #signal = new Set<(strength: number) => void>();
  readonly #sources = new Map<string, string>();

  // What a call does.

  start(): void {
    demand(this.state === "idle", "it starts once");
    demand(this.sound !== null, "there is something to hear with");
    demand(this.quality.length === 3 && this.kbps > 0, "what is sent has its limits");
    this.state = "started";
  }

  stop(): void {
    demand(this.state !== "stopped", "it stops once");
    this.state = "stopped";
  }

  addObserver(observer: AudioVideoObserver): void {
    this.#observers.add(observer);
  }

  getRemoteVideoSources(): VideoSource[] {
    return [...this.#sources].map(([attendeeId, externalUserId]) => Object.assign(new VideoSource(), { attendee: { attendeeId, externalUserId } }));
  }

  async bindAudioElement(element: HTMLAudioElement): Promise<void> {
    demand(this.sound === null, "one element plays the sound");
    this.sound = element;
  }

  unbindAudioElement(): void {
    this.sound = null;
  }

  async chooseAudioOutput(id: string | null): Promise<void> {
    demand(id !== "", "the system's own speaker is null");
    this.speaker = id;
  }

  async startAudioInput(device: Device): Promise<MediaStream | undefined> {
    const stream = ownStream(device, "audio");
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = stream;
    return stream ?? undefined;
  }

  async stopAudioInput(): Promise<void> {
    await this.startAudioInput(null);
  }

  realtimeMuteLocalAudio(): void {
    this.#mute(true);
  }

  realtimeUnmuteLocalAudio(): boolean {
    this.#mute(false);
    return true;
  }

  chooseVideoInputQuality(width: number, height: number, frames: number): void {
    this.quality = [width, height, frames];
  }

  setVideoMaxBandwidthKbps(kbps: number): void {
    demand(kbps > 0, "a limit is more than nothing");
    this.kbps = kbps;
  }

  async startVideoInput(device: Parameters<Line["startVideoInput"]>[0]): Promise<MediaStream | undefined> {
    const stream = ownStream(device as Device, "video");
    demand(stream !== null, "there is a camera to start");
    await this.stopVideoInput();
    this.camera = stream;
    return stream ?? undefined;
  }

  async stopVideoInput(): Promise<void> {
    for (const track of this.camera?.getTracks() ?? []) track.stop();
    this.camera = null;
  }

  startLocalVideoTile(): number {
    demand(this.camera !== null, "there is a camera to show");
    this.sending = true;
    return 1;
  }

  stopLocalVideoTile(): void {
    this.sending = false;
  }

  bindVideoElement(tileId: number, element: HTMLVideoElement): void {
    const tile = this.#tile(tileId);
    demand(tile.boundVideoElement === null, "the tile shows nothing yet");
    demand(![...this.tiles.values()].some(({ boundVideoElement }) => boundVideoElement === element), "the element shows nothing yet");
    tile.boundVideoElement = element;
    this.#all((observer) => observer.videoTileDidUpdate?.(tile));
  }

  unbindVideoElement(tileId: number): void {
    const tile = this.#tile(tileId);
    demand(tile.boundVideoElement !== null, "the tile shows something");
    tile.boundVideoElement = null;
    this.#all((observer) => observer.videoTileDidUpdate?.(tile));
  }

  async startContentShare(stream: MediaStream): Promise<void> {
    demand(this.screen === null, "the last screen is gone");
    this.screen = stream;
  }

  stopContentShare(): void {
    demand(this.screen !== null, "a screen is shown");
  }

  addContentShareObserver(observer: ContentShareObserver): void {
    this.#screens.add(observer);
  }

  realtimeSubscribeToAttendeeIdPresence(callback: Presence): void {
    this.#presence.add(callback);
  }

  realtimeSubscribeToVolumeIndicator(attendee: string, callback: VolumeIndicatorCallback): void {
    demand(!this.#volume.has(attendee), "one listens to an attendee once");
    this.#volume.set(attendee, callback);
    callback(attendee, null, this.attendees.get(attendee)?.muted ?? null, null, this.attendees.get(attendee)?.seat);
  }

  realtimeUnsubscribeFromVolumeIndicator(attendee: string): void {
    demand(this.#volume.delete(attendee), "somebody listens to the attendee");
  }

  realtimeSubscribeToLocalSignalStrengthChange(callback: (strength: number) => void): void {
    this.#signal.add(callback);
  }

  // What happens in the meeting.

  connecting(again: boolean): void {
    this.#all((observer) => observer.audioVideoDidStartConnecting?.(again));
  }

  connected(): void {
    this.#all((observer) => observer.audioVideoDidStart?.());
  }

  stopped(code: MeetingSessionStatusCode): void {
    this.#all((observer) => observer.audioVideoDidStop?.(new MeetingSessionStatus(code)));
  }

  comes(attendee: string, seat: string, muted = false): void {
    this.attendees.set(attendee, { seat, muted });
    for (const callback of this.#presence) callback(attendee, true, seat, false);
  }

  goes(attendee: string, dropped = false): void {
    const seat = this.attendees.get(attendee)?.seat;
    this.attendees.delete(attendee);
    for (const callback of this.#presence) callback(attendee, false, seat, dropped);
  }

  says(attendee: string, { muted = null, signal = null }: { muted?: boolean | null; signal?: number | null }): void {
    this.#volume.get(attendee)?.(attendee, null, muted, signal, this.attendees.get(attendee)?.seat);
  }

  ownSignal(strength: number): void {
    for (const callback of this.#signal) callback(strength);
  }

  isPoor(poor: boolean): void {
    this.#all((observer) => (poor ? observer.connectionDidSuggestStopVideo?.() : observer.connectionDidBecomeGood?.()));
  }

  shows(tileId: number, attendee: string, seat: string, paused = false): void {
    const tile = this.tiles.get(tileId) ?? new VideoTileState();
    Object.assign(tile, { tileId, boundAttendeeId: attendee, boundExternalUserId: seat, boundVideoStream: {} as MediaStream, paused });
    this.tiles.set(tileId, tile);
    this.#all((observer) => observer.videoTileDidUpdate?.(tile));
  }

  showsNoMore(tileId: number): void {
    this.tiles.delete(tileId);
    this.#all((observer) => observer.videoTileWasRemoved?.(tileId));
  }

  sends(attendee: string, seat: string): void {
    this.#sources.set(attendee, seat);
    this.#all((observer) => observer.remoteVideoSourcesDidChange?.(this.getRemoteVideoSources()));
  }

  screenGone(): void {
    for (const track of this.screen?.getTracks() ?? []) track.stop();
    this.screen = null;
    for (const observer of this.#screens) observer.contentShareDidStop?.();
  }

  /** One second of the SDK's counting. */
  second(packets: number): void {
    const report = new ClientMetricReport(new NoOpLogger());
    report.getObservableMetrics = () => ({ audioPacketsReceived: packets });
    this.#all((observer) => observer.metricsDidReceive?.(report));
  }

  #all(tell: (observer: AudioVideoObserver) => void): void {
    for (const observer of this.#observers) tell(observer);
  }

  #tile(tileId: number): VideoTileState {
    const tile = this.tiles.get(tileId);
    if (!tile) throw new Error(`no tile ${tileId}`);
    return tile;
  }

  #mute(muted: boolean): void {
    this.muted = muted;
    for (const track of this.microphone?.getTracks() ?? []) track.enabled = !muted;
  }
}

/** A session around it that notes what is to be received. */
export class SessionStandIn implements Session {
  received: readonly string[] = [];
  destroyed = 0;

  constructor(readonly line: LineStandIn) {}

  receive(attendees: readonly string[]): void {
    this.received = attendees;
  }

  async destroy(): Promise<void> {
    this.destroyed += 1;
  }
}

function ownStream(device: Device, kind: string): MediaStream | null {
  if (device === null) return null;
  const stream = device as MediaStream;
  demand(stream.getTracks().length === 1 && stream.getTracks().every((track) => track.kind === kind), `one track of ${kind}`);
  return stream;
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The SDK demands that ${what}.`);
}
