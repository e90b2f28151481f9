/** A call over Amazon Chime: what becomes of what the SDK says, and what the SDK is told. There is no Amazon Chime here. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { bundled } from "./bundled.mjs";

class Track {
  enabled = true;
  readyState = "live";
  asked = null;
  constructor(kind) {
    this.kind = kind;
  }
  clone() {
    return Object.assign(new Track(this.kind), { enabled: this.enabled, of: this });
  }
  stop() {
    this.readyState = "ended";
  }
  async applyConstraints(constraints) {
    this.asked = constraints;
  }
}

class Stream {
  constructor(tracks = []) {
    this.tracks = tracks;
  }
  getTracks() {
    return this.tracks;
  }
  getAudioTracks() {
    return this.tracks.filter(({ kind }) => kind === "audio");
  }
  getVideoTracks() {
    return this.tracks.filter(({ kind }) => kind === "video");
  }
}

class Media extends EventTarget {
  microphone = true;
  camera = true;
  speaker = "";
  trouble = { audio: "", video: "" };
  refreshed = 0;
  stream = new Stream([new Track("audio"), new Track("video")]);
  async refresh() {
    this.refreshed += 1;
  }
  set(changes) {
    Object.assign(this, changes);
    this.dispatchEvent(new Event("change"));
  }
}

class Sound {
  paused = false;
  played = 0;
  srcObject = null;
  remove() {
    this.removed = true;
  }
  async play() {
    this.played += 1;
    this.paused = false;
  }
}

globalThis.MediaStream = Stream;
globalThis.document = { createElement: () => new Sound(), body: { append() {} } };

const chime = await bundled(
  "meetings/chime-call.ts",
  'export * from "./chime-status.ts"; export * from "./chime-hearing.ts"; export * from "./chime-session.ts"; export * from "../../../tests/web/chime-stand-in.ts";',
);
const { ChimeCall, Hearing, LineStandIn, MeetingSessionStatusCode: Code, SessionStandIn, ownQuality, qualityOf, stopOf } = chime;

const ALICE = "seat-alice";
const TOM = "seat-tom";
const ticket = { provider: "chime", meeting: { MeetingId: "m", MediaPlacement: {} }, attendee: { AttendeeId: "a-alice", ExternalUserId: ALICE, JoinToken: "t" } };
const seat = (id, more = {}) => ({ id, role: "counselor", name: "Tom", member_id: "", status: "admitted", mode: "video", present: true, in_call: true, number: 1, arrived_at: "", device: "", ...more });

let line, session, media, call, changes;
beforeEach(() => {
  line = new LineStandIn();
  session = new SessionStandIn(line);
  media = new Media();
  call = new ChimeCall({ ticket, media, you: ALICE, open: () => session });
  changes = 0;
  call.addEventListener("change", () => (changes += 1));
});

async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await null;
}

async function connected() {
  await call.start();
  line.connecting(false);
  line.connected();
  call.know([seat(TOM)]);
}

test("every status of the SDK has a meaning, and one from a later SDK is a failure", () => {
  const codes = Object.values(Code).filter((code) => typeof code === "number");
  assert.ok(codes.length >= 27);
  const meanings = Object.fromEntries(codes.map((code) => [Code[code], stopOf(code)]));
  assert.ok(Object.values(meanings).every(Boolean));
  assert.equal(meanings.Left, "left");
  assert.equal(meanings.MeetingEnded, "over");
  assert.equal(meanings.TURNCredentialsForbidden, "over");
  assert.equal(meanings.AudioJoinedFromAnotherDevice, "elsewhere");
  assert.equal(meanings.AudioAttendeeRemoved, "removed");
  assert.equal(meanings.AudioCallAtCapacity, "full");
  assert.equal(meanings.AudioAuthenticationRejected, "refused");
  assert.equal(meanings.SignalingBadRequest, "refused");
  assert.equal(meanings.SignalingInternalServerError, "failed");
  assert.equal(stopOf(4711), "failed");
});

test("signals become words", () => {
  assert.deepEqual([0, 0.5, 1].map(qualityOf), ["lost", "poor", "good"]);
  assert.equal(ownQuality("connecting", 1, false), "connecting");
  assert.equal(ownQuality("reconnecting", 1, false), "lost");
  assert.equal(ownQuality("connected", 1, false), "good");
  assert.equal(ownQuality("connected", 1, true), "poor");
  assert.equal(ownQuality("connected", 0, true), "lost");
});

test("sound is missed after three seconds without it, and no longer with the first packet", () => {
  const hearing = new Hearing();
  assert.deepEqual([0, 0].map((packets) => hearing.second(packets, true)), [false, false]);
  assert.equal(hearing.second(0, true), true);
  assert.equal(hearing.silent, true);
  assert.equal(hearing.second(50, true), true);
  assert.equal(hearing.silent, false);
  for (let second = 0; second < 3; second += 1) hearing.second(50, false);
  assert.equal(hearing.silent, true, "what the browser does not play is not heard");
});

test("a call goes from connecting to connected, through a reconnection, to its end", async () => {
  const states = [call.state];
  call.addEventListener("change", () => call.state === states.at(-1) || states.push(call.state));
  await call.start();
  line.connecting(false);
  line.connected();
  line.connecting(true);
  line.connected();
  line.stopped(Code.MeetingEnded);
  assert.deepEqual(states, ["connecting", "connected", "reconnecting", "connected", "ended"]);
  assert.equal(call.stopped, "over");
  await settled();
  assert.equal(session.destroyed, 1);
  assert.equal(line.camera, null);
  assert.equal(line.sound, null);
});

test("what Alice sends is at most 360p, 15 frames and 350 kbit/s", async () => {
  await connected();
  assert.deepEqual(line.quality, [640, 360, 15]);
  assert.equal(line.kbps, 350);
  assert.deepEqual(line.camera.getTracks()[0].asked, { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15 } });
  assert.equal(line.sending, true);
});

test("the SDK gets copies, so that stopping them leaves Alice's own tracks alone", async () => {
  await connected();
  const [microphone, camera] = media.stream.getTracks();
  const [sentSound, sentPicture] = [line.microphone.getTracks()[0], line.camera.getTracks()[0]];
  assert.equal(sentSound.of, microphone);
  assert.equal(sentPicture.of, camera);
  call.end();
  await settled();
  assert.deepEqual([sentSound.readyState, sentPicture.readyState], ["ended", "ended"]);
  assert.deepEqual([microphone.readyState, camera.readyState], ["live", "live"]);
});

test("a microphone that is switched off sends nothing at once, and its copy is not let go", async () => {
  await connected();
  const sent = line.microphone;
  media.set({ microphone: false });
  await settled();
  assert.equal(line.muted, true);
  assert.equal(sent.getTracks()[0].enabled, false);
  media.set({ microphone: true });
  await settled();
  assert.equal(line.muted, false);
  assert.equal(line.microphone, sent);
  assert.equal(sent.getTracks()[0].enabled, true);
});

test("who comes with the microphone off is heard at no moment", async () => {
  media.microphone = false;
  await connected();
  assert.equal(line.muted, true);
  assert.equal(line.microphone.getTracks()[0].enabled, false);
});

test("a microphone that the system holds is told as off", async () => {
  await connected();
  media.set({ trouble: { audio: "held", video: "" } });
  await settled();
  assert.equal(line.muted, true);
});

test("a camera that is switched off lets its copy go, so that the light goes out", async () => {
  await connected();
  const [sent] = line.camera.getTracks();
  media.set({ camera: false, stream: new Stream(media.stream.getAudioTracks()) });
  await settled();
  assert.equal(sent.readyState, "ended");
  assert.equal(line.sending, false);
});

test("without any microphone the call goes on, muted", async () => {
  media.microphone = false;
  media.camera = false;
  media.stream = new Stream();
  await connected();
  assert.equal(line.microphone, null);
  assert.equal(line.muted, true);
  assert.equal(call.state, "connected");
});

test("the speaker Alice chose is used, and the system's own again when she goes back", async () => {
  await connected();
  media.set({ speaker: "headset" });
  await settled();
  assert.equal(line.speaker, "headset");
  media.set({ speaker: "" });
  await settled();
  assert.equal(line.speaker, null);
});

test("Tom is there as soon as the meeting knows him, and heard once Amazon does", async () => {
  await connected();
  assert.deepEqual(call.others.get(TOM), { microphone: false, camera: false, screen: false, quality: "connecting", silent: false });
  line.comes("a-tom", TOM, true);
  assert.deepEqual(call.others.get(TOM), { microphone: false, camera: false, screen: false, quality: "good", silent: false });
  line.says("a-tom", { muted: false });
  assert.equal(call.others.get(TOM).microphone, true);
  line.says("a-tom", { signal: 0.5 });
  assert.equal(call.others.get(TOM).quality, "poor");
  line.goes("a-tom", true);
  assert.equal(call.others.get(TOM).quality, "lost");
  line.comes("a-tom", TOM);
  assert.equal(call.others.get(TOM).quality, "good");
});

test("Amazon's news of volume, several a second, change nothing that is shown", async () => {
  await connected();
  line.comes("a-tom", TOM);
  const before = changes;
  for (let time = 0; time < 50; time += 1) line.says("a-tom", { muted: false, signal: 1 });
  assert.equal(changes, before);
});

test("whom the meeting does not know is not shown, and Alice is not among the others", async () => {
  await connected();
  line.comes("a-alice", ALICE);
  line.comes("a-sam", "seat-sam");
  line.shows(9, "a-sam", "seat-sam");
  assert.deepEqual([...call.others.keys()], [TOM]);
});

test("the attendee of before does not take Tom away when it goes late", async () => {
  await connected();
  line.comes("a-tom", TOM);
  line.comes("a-tom-anew", TOM);
  line.goes("a-tom", true);
  assert.equal(call.others.get(TOM).quality, "good");
});

test("a face is shown where it is wanted, whether the picture or the place is there first", async () => {
  await connected();
  const [early, late] = [{}, {}];
  line.comes("a-tom", TOM);
  call.show(TOM, "face", early);
  line.shows(1, "a-tom", TOM);
  assert.equal(line.tiles.get(1).boundVideoElement, early);
  assert.equal(call.others.get(TOM).camera, true);
  call.show(TOM, "face", late);
  assert.equal(line.tiles.get(1).boundVideoElement, late);
  call.show(TOM, "face", null);
  assert.equal(line.tiles.get(1).boundVideoElement, null);
});

test("a face finds its place again under the new number it has after a reconnection", async () => {
  await connected();
  const element = {};
  line.comes("a-tom", TOM);
  call.show(TOM, "face", element);
  line.shows(1, "a-tom", TOM);
  line.showsNoMore(1);
  assert.equal(call.others.get(TOM).camera, false);
  line.shows(2, "a-tom", TOM);
  assert.equal(line.tiles.get(2).boundVideoElement, element);
});

test("a screen belongs to the seat of whoever shows it", async () => {
  await connected();
  const [face, screen] = [{}, {}];
  call.show(TOM, "face", face);
  call.show(TOM, "screen", screen);
  line.comes("a-tom", TOM);
  line.comes("a-tom#content", TOM);
  line.shows(1, "a-tom", TOM);
  line.shows(2, "a-tom#content", `${TOM}#content`);
  assert.deepEqual([line.tiles.get(1).boundVideoElement, line.tiles.get(2).boundVideoElement], [face, screen]);
  assert.equal(call.others.get(TOM).screen, true);
  line.goes("a-tom#content");
  line.showsNoMore(2);
  assert.deepEqual([call.others.get(TOM).screen, call.others.get(TOM).quality], [false, "good"]);
});

test("a picture that the network holds back is not said to be there", async () => {
  await connected();
  line.comes("a-tom", TOM);
  line.shows(1, "a-tom", TOM);
  line.shows(1, "a-tom", TOM, true);
  assert.equal(call.others.get(TOM).camera, false);
});

test("saving data keeps faces away and screens coming, sends little, and is undone", async () => {
  await connected();
  line.sends("a-tom", TOM);
  line.sends("a-tom#content", TOM);
  assert.deepEqual(session.received, ["a-tom", "a-tom#content"]);
  await call.saveData(true);
  assert.deepEqual(session.received, ["a-tom#content"]);
  assert.equal(line.kbps, 90);
  assert.deepEqual(line.camera.getTracks()[0].asked.height, { ideal: 180 });
  session.received = ["forgotten"];
  line.connected();
  assert.deepEqual(session.received, ["a-tom#content"], "also after a reconnection");
  await call.saveData(false);
  assert.deepEqual(session.received, ["a-tom", "a-tom#content"]);
  assert.equal(line.kbps, 350);
  assert.deepEqual(line.camera.getTracks()[0].asked.height, { ideal: 360 });
});

test("the next screen waits until the last one is gone", async () => {
  await connected();
  const [one, other] = [new Stream([new Track("video")]), new Stream([new Track("video")])];
  await call.share(one);
  assert.equal(line.screen, one);
  const next = call.share(other);
  await settled();
  assert.equal(line.screen, one);
  line.screenGone();
  await next;
  assert.equal(line.screen, other);
  assert.equal(other.getTracks()[0].readyState, "live");
});

test("a screen that ended by itself can be followed by another", async () => {
  await connected();
  await call.share(new Stream([new Track("video")]));
  line.screenGone();
  const other = new Stream([new Track("video")]);
  await call.share(other);
  assert.equal(line.screen, other);
});

test("the own line is poor when the SDK says so, until it says otherwise", async () => {
  await connected();
  assert.equal(call.quality, "good");
  line.isPoor(true);
  assert.equal(call.quality, "poor");
  line.isPoor(false);
  line.ownSignal(0.5);
  assert.equal(call.quality, "poor");
});

test("when no sound comes, those who should be heard are silent, and others are not", async () => {
  await connected();
  call.know([seat(TOM), seat("seat-maya")]);
  line.comes("a-tom", TOM);
  line.comes("a-maya", "seat-maya", true);
  for (let second = 0; second < 3; second += 1) line.second(0);
  assert.equal(call.others.get(TOM).silent, true);
  assert.equal(call.others.get("seat-maya").silent, false);
  line.second(50);
  assert.equal(call.others.get(TOM).silent, false);
});

test("a browser that counts no packets is not taken for silence", async () => {
  await connected();
  line.comes("a-tom", TOM);
  for (let second = 0; second < 5; second += 1) line.second(Number.NaN);
  assert.equal(call.others.get(TOM).silent, false);
});

test("reconnecting the sound plays it anew, takes the microphone anew, and forgets the silence", async () => {
  await connected();
  line.comes("a-tom", TOM);
  const [sound, sent] = [line.sound, line.microphone];
  sound.srcObject = {};
  sound.paused = true;
  for (let second = 0; second < 3; second += 1) line.second(50);
  assert.equal(call.others.get(TOM).silent, true);
  await call.reconnectSound();
  assert.equal(call.others.get(TOM).silent, false);
  assert.equal(sound.played, 1);
  assert.equal(line.sound, sound);
  assert.equal(media.refreshed, 1);
  assert.notEqual(line.microphone, sent);
  assert.equal(line.muted, false);
});

test("after its end a call lets go of everything, hears nothing more, and can be ended again", async () => {
  await connected();
  line.comes("a-tom", TOM);
  call.end();
  call.end();
  const before = changes;
  line.says("a-tom", { muted: true });
  line.connecting(true);
  media.set({ microphone: false });
  await settled();
  assert.equal(call.state, "ended");
  assert.equal(call.stopped, null);
  assert.equal(changes, before);
  assert.equal(line.microphone, null);
  assert.equal(session.destroyed, 0, "the SDK still says goodbye");
  line.stopped(Code.Left);
  assert.equal(session.destroyed, 1);
});

test("a call that is ended while it begins never starts", async () => {
  const begun = call.start();
  call.end();
  await begun;
  assert.notEqual(line.state, "started");
  await settled();
  assert.equal(session.destroyed, 1);
});
