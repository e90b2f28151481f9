import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";
import { clock, settle } from "./clock.mjs";
import { Connection } from "./connection.mjs";

const { PeerCall, callId } = await bundled("meetings/peer-call.ts", 'export { callId } from "./call-id.ts";');

const START = 1_700_000_000_000;
const seat = (id, number, more = {}) => ({ id, number, in_call: true, status: "admitted", present: true, ...more });
const SERVERS = [{ urls: ["turn:example.org"], username: "u", credential: "c" }];

/** A call as Tom has it, who joined as the fifth; his friends may have come before or after. */
async function ofTom(more = {}) {
  const time = clock(START);
  const c = { time, sent: [], made: [], sounds: [], media: null, say: null, wake: null };
  c.media = Object.assign(new EventTarget(), {
    microphone: true, camera: true, trouble: { audio: "", video: "" }, speaker: "", refreshed: 0,
    stream: { getAudioTracks: () => [{ kind: "audio" }], getVideoTracks: () => [] },
    refresh: async () => void (c.media.refreshed += 1),
  });
  c.call = new PeerCall({
    you: { id: "tom", number: 5 }, ticket: { provider: "peer", ice_servers: SERVERS, relay: true }, media: c.media, hideAddress: false,
    signals: {
      send: (to, body) => c.sent.push({ to, ...body }),
      listen(listener) {
        c.say = (sender, body) => listener(sender, body);
        return () => (c.say = null);
      },
    },
    later: time.later, now: time.now,
    machinery: {
      connection: (settings) => c.made[c.made.push(new Connection(settings)) - 1],
      sound(changed) {
        const sound = { blocked: false, track: null, begun: 0, play: (track) => (sound.track = track), through() {}, close() {}, changed,
          again: async () => Object.assign(sound, { blocked: false, begun: sound.begun + 1 }) };
        c.sounds.push(sound);
        return sound;
      },
      woken(listener) {
        c.wake = listener;
        return () => {};
      },
    },
    ...more,
  });
  c.of = (kind) => c.sent.filter((one) => one.kind === kind);
  c.last = () => c.made.at(-1);
  c.alice = () => c.call.others.get("alice");
  await c.call.start();
  return c;
}

/** Tom in the call with Alice, who was there before him. */
async function withAlice(more) {
  const c = await ofTom(more);
  c.call.know([seat("alice", 2)]);
  await settle();
  const [{ call }] = c.of("offer");
  c.say("alice", { kind: "answer", call, sdp: "answer" });
  await settle();
  c.last().becomes("connected");
  await settle();
  return Object.assign(c, { attempt: call });
}

const id = (number, at = START) => callId(number, at, () => 0.5);
const offer = (number, at = START) => ({ kind: "offer", call: id(number, at), sdp: "a=ice-ufrag:alice\r\n" });

test("who came later offers, with places for sound, face and screen", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2), seat("ben", 9), seat("sam", 3, { in_call: false, number: 0 }), seat("maya", 4, { status: "waiting" })]);
  await settle();
  assert.deepEqual(c.of("offer").map(({ to }) => to), ["alice"]);
  assert.deepEqual(c.made[0].places.map(({ kind, direction }) => `${kind} ${direction}`), ["audio sendrecv", "video sendrecv", "video sendrecv"]);
  assert.deepEqual([...c.call.others.keys()], ["alice", "ben"]);
});

test("who was there before answers with the same places, and sends in them", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  c.say("ben", offer(9));
  await settle();
  assert.deepEqual(c.of("answer").map(({ to, call }) => [to, call]), [["ben", offer(9).call]]);
  assert.equal(c.last().places[0].direction, "sendrecv");
  assert.equal(c.last().places[0].sender.track.kind, "audio");
  assert.equal(c.of("offer").length, 0);
});

test("an offer from somebody who came earlier is not taken: both offering fails", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await settle();
  c.say("alice", offer(2, START + 5_000));
  await settle();
  assert.equal(c.of("answer").length, 0);
  assert.equal(c.made.length, 1);
});

test("an offer that is not answered is said again with its paths, and an answer that comes late is still good", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await settle();
  c.last().finds("candidate:1");
  await c.time.pass(7_900);
  assert.equal(c.of("offer").length, 1);
  await c.time.pass(200);
  const [first, again] = c.of("offer");
  assert.deepEqual(again, first);
  assert.deepEqual(c.of("candidates").map(({ candidates }) => candidates.length), [1, 1]);
  await c.time.pass(4_000);
  c.say("alice", { kind: "answer", call: first.call, sdp: "answer" });
  await c.time.pass(7_000);
  c.last().becomes("connected");
  await c.time.pass(60_000);
  assert.equal(c.made.length, 1);
  assert.equal(c.of("offer").length, 2);
});

test("what nobody answers for long is replaced by a fresh connection with a later id, and closed", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await c.time.pass(23_900);
  assert.equal(c.made.length, 1);
  await c.time.pass(200);
  assert.equal(c.made.length, 2);
  assert.equal(c.made[0].connectionState, "closed");
  assert.ok(c.of("offer").at(-1).call > c.of("offer")[0].call);
});

test("agreed on and not connected within eight seconds, a fresh connection is offered", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await c.time.pass(6_000);
  c.say("alice", { kind: "answer", call: c.of("offer")[0].call, sdp: "answer" });
  await c.time.pass(7_900);
  assert.equal(c.made.length, 1);
  await c.time.pass(200);
  assert.equal(c.made.length, 2);
});

test("the one who waits for an offer asks for it after ten seconds, and less and less often", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  await c.time.pass(9_900);
  assert.equal(c.of("again").length, 0);
  await c.time.pass(200);
  assert.deepEqual(c.of("again").map(({ to }) => to), ["ben"]);
  assert.match(c.of("again")[0].call, /^[0-9a-f]{8,32}$/);
  await c.time.pass(110_000);
  assert.ok(c.of("again").length <= 7, String(c.of("again").length));
});

test("asked again, the one who offers makes a fresh connection, unless a newer offer is just on its way", async () => {
  const c = await withAlice();
  await c.time.pass(5_000);
  c.say("alice", { kind: "again", call: c.attempt });
  await settle();
  assert.equal(c.made.length, 2);
  c.say("alice", { kind: "again", call: c.attempt });
  await settle();
  assert.equal(c.made.length, 2);
});

test("asked again for what was not answered yet, the same is said again", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await c.time.pass(6_000);
  c.say("alice", { kind: "again", call: id(0, 0) });
  await settle();
  assert.equal(c.made.length, 1);
  assert.equal(c.of("offer").length, 2);
  assert.deepEqual(c.of("offer")[1], c.of("offer")[0]);
});

test("asked again by somebody who did not know yet that it works, nothing is broken off", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await c.time.pass(12_000);
  c.say("alice", { kind: "answer", call: c.of("offer")[0].call, sdp: "answer" });
  await settle();
  c.say("alice", { kind: "again", call: c.of("offer")[0].call });
  c.last().becomes("connected");
  await c.time.pass(4_000);
  c.say("alice", { kind: "again", call: c.of("offer")[0].call });
  await settle();
  assert.equal(c.made.length, 1);
  assert.equal(c.last().connectionState, "connected");
});

test("an offer that is heard twice is answered twice, with the one connection", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  c.say("ben", offer(9));
  c.say("ben", offer(9));
  await settle();
  assert.equal(c.of("answer").length, 2);
  assert.equal(c.made.length, 1);
});

test("what is said of an attempt that is over no longer counts", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  c.say("ben", offer(9, START + 10));
  await settle();
  c.say("ben", offer(9, START));
  c.say("ben", { kind: "candidates", call: id(9), candidates: [{ candidate: "old", sdpMid: "0", sdpMLineIndex: 0 }] });
  c.say("ben", { kind: "state", call: id(9), state: { microphone: true, camera: true, screen: true } });
  c.say("ben", { kind: "offer", call: "not hex", sdp: "x" });
  await settle();
  assert.equal(c.made.length, 1);
  assert.deepEqual(c.last().added, []);
  assert.equal(c.call.others.get("ben").microphone, false);
});

test("a later offer of the same person replaces the connection there is", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  for (const at of [START, START + 8_000]) {
    c.say("ben", offer(9, at));
    await settle();
  }
  assert.deepEqual(c.made.map(({ connectionState }) => connectionState), ["closed", "new"]);
  assert.equal(c.of("answer").length, 2);
});

test("candidates wait for the description they belong to, in whatever order things come", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  const { call } = offer(9);
  const path = (candidate) => ({ candidate, sdpMid: "0", sdpMLineIndex: 0 });
  c.say("ben", { kind: "candidates", call, candidates: [path("candidate:1 ufrag alice network"), path("candidate:2 ufrag later network")] });
  await settle();
  assert.equal(c.made.length, 0);
  c.say("ben", offer(9));
  await settle();
  assert.deepEqual(c.last().added, ["candidate:1 ufrag alice network"]);
  c.say("ben", { kind: "offer", call, sdp: "a=ice-ufrag:later\r\n" });
  await settle();
  assert.deepEqual(c.last().added, ["candidate:1 ufrag alice network", "candidate:2 ufrag later network"]);
});

test("own candidates are told together, and never more than thirty in one signal", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  await settle();
  c.last().finds(...Array.from({ length: 65 }, (_, at) => `candidate:${at}`));
  await c.time.pass(90);
  assert.equal(c.of("candidates").length, 0);
  await c.time.pass(20);
  assert.deepEqual(c.of("candidates").map(({ candidates }) => candidates.length), [30, 30, 5]);
});

test("somebody whose number rose came anew: the old connection is closed and theirs awaited", async () => {
  const c = await withAlice();
  assert.equal(c.call.state, "connected");
  c.call.know([seat("alice", 6)]);
  assert.equal(c.made[0].connectionState, "closed");
  assert.equal(c.alice().quality, "connecting");
  c.say("alice", offer(6));
  await settle();
  assert.equal(c.of("answer").length, 1);
});

test("the offer of somebody who came anew may be faster than the news of it, and is not thrown away by it", async () => {
  const c = await withAlice();
  c.say("alice", offer(6));
  await settle();
  assert.equal(c.made.length, 2);
  c.call.know([seat("alice", 6)]);
  assert.equal(c.last().connectionState, "new");
});

test("who came anew oneself offers to all", async () => {
  const c = await ofTom();
  c.call.know([seat("ben", 9)]);
  c.call.know([seat("ben", 9)], { number: 10 });
  await settle();
  assert.deepEqual(c.of("offer").map(({ to }) => to), ["ben"]);
});

test("what a newcomer says before the meeting tells of them is kept until it does", async () => {
  const c = await ofTom();
  c.say("ben", offer(9));
  await settle();
  assert.equal(c.made.length, 0);
  c.call.know([seat("ben", 9)]);
  await settle();
  assert.equal(c.of("answer").length, 1);
});

test("the connection to somebody who left is closed", async () => {
  const c = await withAlice();
  c.call.know([]);
  assert.equal(c.made[0].connectionState, "closed");
  assert.equal(c.call.others.size, 0);
});

test("an interruption is waited out for a second, then other paths are looked for, and eight after the answer a fresh connection", async () => {
  const c = await withAlice();
  c.last().becomes("disconnected");
  assert.equal(c.call.state, "reconnecting");
  assert.equal(c.alice().quality, "lost");
  await c.time.pass(1_000);
  assert.equal(c.last().restarts, 1);
  assert.deepEqual(c.of("offer").map(({ call }) => call), [c.attempt, c.attempt]);
  assert.equal(c.made.length, 1);
  c.say("alice", { kind: "answer", call: c.attempt, sdp: "answer" });
  await c.time.pass(8_000);
  assert.equal(c.made.length, 2);
});

test("an interruption that passes by itself changes nothing", async () => {
  const c = await withAlice();
  c.last().becomes("disconnected");
  c.last().becomes("connected");
  await c.time.pass(9_000);
  assert.equal(c.last().restarts, 0);
  assert.equal(c.call.state, "connected");
});

test("a connection that failed is made anew at once", async () => {
  const c = await withAlice();
  await c.time.pass(3_000);
  c.last().becomes("failed");
  await settle();
  assert.equal(c.made.length, 2);
});

test("another network makes all connections look for new paths; waking up only those that do not work", async () => {
  const c = await withAlice();
  c.wake(false);
  assert.equal(c.last().restarts, 0);
  c.wake(true);
  assert.equal(c.last().restarts, 1);
});

test("newer passwords of the servers are used when paths are looked for again", async () => {
  const c = await withAlice();
  const fresh = [{ urls: ["turn:example.org"], username: "u2", credential: "c2" }];
  c.call.know([seat("alice", 2)], undefined, { provider: "peer", ice_servers: fresh, relay: true });
  c.wake(true);
  assert.deepEqual(c.last().settings.iceServers, fresh);
});

test("nobody is called who is not there; their coming back begins anew", async () => {
  const c = await ofTom();
  c.call.know([seat("alice", 2)]);
  c.call.know([seat("alice", 2, { present: false })]);
  await c.time.pass(60_000);
  assert.equal(c.made.length, 1);
  assert.equal(c.of("offer").length, 1);
  c.call.know([seat("alice", 2)]);
  await settle();
  assert.equal(c.made.length, 2);
});

test("how microphone and camera are is told when connected, when it changes, and again in case it got lost", async () => {
  const c = await withAlice();
  const told = () => c.of("state").map(({ state }) => state);
  assert.deepEqual(told(), [{ microphone: true, camera: true, screen: false }]);
  c.media.camera = false;
  c.media.dispatchEvent(new Event("change"));
  c.media.dispatchEvent(new Event("change"));
  await settle();
  assert.deepEqual(told().at(-1), { microphone: true, camera: false, screen: false });
  assert.equal(told().length, 2);
  c.media.trouble.audio = "held";
  c.media.dispatchEvent(new Event("change"));
  assert.equal(told().at(-1).microphone, false);
  await c.time.pass(20_000);
  assert.equal(told().length, 4);
});

test("a screen is shared in its own place, without another offer", async () => {
  const c = await withAlice();
  const track = Object.assign(new EventTarget(), { kind: "video", getSettings: () => ({}) });
  await c.call.share({ getVideoTracks: () => [track] });
  assert.equal(c.last().places[2].sender.track, track);
  assert.equal(track.contentHint, "detail");
  assert.equal(c.of("state").at(-1).state.screen, true);
  track.dispatchEvent(new Event("ended"));
  await settle();
  assert.equal(c.last().places[2].sender.track, null);
  assert.equal(c.of("state").at(-1).state.screen, false);
  assert.equal(c.of("offer").length, 1);
});

test("somebody whose microphone is on and of whom nothing comes for six seconds is said to be silent", async () => {
  const c = await withAlice();
  c.say("alice", { kind: "state", call: c.attempt, state: { microphone: true, camera: false, screen: false } });
  const goOn = async (ms, speaks) => {
    for (let passed = 0; passed < ms; passed += 2_000) {
      if (speaks) c.last().packets += 100;
      await c.time.pass(2_000);
    }
  };
  await goOn(10_000, true);
  assert.equal(c.alice().silent, false);
  await goOn(4_000, false);
  assert.equal(c.alice().silent, false);
  await goOn(4_000, false);
  assert.equal(c.alice().silent, true);
  c.say("alice", { kind: "state", call: c.attempt, state: { microphone: false, camera: false, screen: false } });
  await goOn(2_000, false);
  assert.equal(c.alice().silent, false);
});

test("sound that the browser does not let play is said, until a tap brings it back", async () => {
  const c = await withAlice();
  c.say("alice", { kind: "state", call: c.attempt, state: { microphone: true, camera: false, screen: false } });
  c.sounds[0].blocked = true;
  c.sounds[0].changed();
  assert.equal(c.alice().silent, true);
  await c.call.reconnectSound();
  assert.equal(c.sounds[0].begun, 1);
  assert.equal(c.media.refreshed, 1);
  assert.equal(c.alice().silent, false);
});

test("who hides their address goes through the servers of the ticket and in no other way", async () => {
  const hiding = await withAlice({ hideAddress: true });
  assert.equal(hiding.last().settings.iceTransportPolicy, "relay");
  const open = await withAlice();
  assert.equal(open.last().settings.iceTransportPolicy, "all");
  assert.deepEqual(open.last().settings.iceServers, SERVERS);
});

test("a call that is over has closed everything, and says nothing more", async () => {
  const c = await withAlice();
  const { length } = c.sent;
  c.call.end();
  c.call.know([seat("alice", 2)]);
  await c.time.pass(60_000);
  assert.equal(c.call.state, "ended");
  assert.equal(c.last().connectionState, "closed");
  assert.equal(c.sent.length, length);
  assert.equal(c.say, null);
});
