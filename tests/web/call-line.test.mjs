import assert from "node:assert/strict";
import test from "node:test";
import { readCatalog } from "../../web/builder/catalogs.mjs";
import { bundled, catalogs } from "./bundled.mjs";

globalThis.navigator ??= { languages: ["en"] };
globalThis.document ??= { documentElement: {}, dispatchEvent() {} };

const { Line, POOR_FOR_MS } = await bundled("meetings/line.ts");
const { captionOf, isSeen, noteOn } = await bundled("meetings/captions.ts");
const { isStill, looked } = await bundled("meetings/stills.ts");
const words = readCatalog(catalogs, "en");

const PEER = { provider: "peer", ice_servers: [], relay: false };
const CHIME = (id) => ({ provider: "chime", meeting: { MeetingId: id }, attendee: {} });
const OTHER = { microphone: true, camera: true, screen: false, quality: "good", silent: false };

class FakeCall extends EventTarget {
  state = "connecting";
  quality = "connecting";
  others = new Map();
  told = [];
  async start() {
    this.told.push("start");
  }
  know(others, you) {
    this.told.push(`know ${others.length} as ${you.number}`);
  }
  async saveData(on) {
    this.told.push(`save ${on}`);
  }
  end() {
    this.told.push("end");
  }
  becomes(state, quality) {
    Object.assign(this, { state, quality });
    this.dispatchEvent(new Event("change"));
  }
}

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

/** A line with its attendance, its calls, and a clock of the test. */
function begun(make = async (call) => call) {
  const timers = [];
  const made = [];
  const renewed = [];
  const attendance = Object.assign(new EventTarget(), { stage: "in", mode: "video", ticket: null, you: { id: "s1", number: 3 }, others: [], renew: (ended) => renewed.push(Boolean(ended)) });
  const media = { stopped: false, stop: () => (media.stopped = true) };
  const later = (ms, work) => {
    const timer = { ms, work };
    timers.push(timer);
    return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
  };
  const line = new Line(attendance, media, async () => {
    const call = new FakeCall();
    made.push(call);
    return make(call);
  }, later);
  const is = async (more) => {
    Object.assign(attendance, more);
    attendance.dispatchEvent(new Event("change"));
    await settle();
  };
  const pass = (ms) => timers.splice(0).filter((timer) => (timer.ms <= ms ? (timer.work(), false) : true)).forEach((timer) => timers.push(timer));
  return { line, attendance, media, made, renewed, is, pass };
}

test("a call is made when there is a way to the others, once, and told of everybody", async () => {
  const { line, made, is } = begun();
  assert.equal(line.call, null);
  await is({ ticket: PEER });
  await is({ others: [{ id: "s2" }] });
  assert.equal(made.length, 1);
  assert.deepEqual(made[0].told, ["start", "know 0 as 3", "know 1 as 3"]);
});

test("in writing there is no call, and going back makes one anew", async () => {
  const { line, made, is } = begun();
  await is({ ticket: PEER });
  await is({ mode: "text", ticket: null });
  assert.equal(line.call, null);
  assert.equal(made[0].told.at(-1), "end");
  await is({ mode: "audio", ticket: PEER });
  assert.equal(made.length, 2);
});

test("let go of and wanted again while it is being made, a call is made anew; after the end none is", async () => {
  const ready = [];
  const { line, made, is } = begun((call) => new Promise((done) => ready.push(() => done(call))));
  await is({ ticket: PEER });
  await is({ stage: "admitted" });
  await is({ stage: "in" });
  ready.shift()();
  await settle();
  assert.equal(made.length, 2);
  assert.deepEqual(made[0].told, ["end"]);
  line.end();
  ready.shift()();
  await settle();
  assert.deepEqual([made.length, made[1].told], [2, ["end"]]);
});

test("newer passwords keep the call, another meeting of Chime's makes another", async () => {
  const { made, is } = begun();
  await is({ ticket: CHIME("c1") });
  await is({ ticket: CHIME("c1") });
  assert.equal(made.length, 1);
  await is({ ticket: CHIME("c2") });
  assert.equal(made.length, 2);
  assert.equal(made[0].told.at(-1), "end");
});

test("a call that ended by itself is asked for anew", async () => {
  const { line, made, renewed, is } = begun();
  await is({ ticket: PEER });
  made[0].becomes("reconnecting", "lost");
  made[0].becomes("ended", "lost");
  assert.equal(line.call, null);
  assert.deepEqual(renewed, [false, true]);
});

test("pictures become small after fifteen poor seconds, and come back for good when they are wanted", async () => {
  const { line, made, is, pass } = begun();
  await is({ ticket: PEER });
  const [call] = made;
  call.becomes("connected", "poor");
  pass(POOR_FOR_MS - 1);
  assert.equal(line.steppedDown, false);
  pass(POOR_FOR_MS);
  assert.deepEqual([line.steppedDown, line.saving, call.told.at(-1)], [true, true, "save true"]);
  await line.saveData(false);
  assert.deepEqual([line.steppedDown, call.told.at(-1)], [false, "save false"]);
  call.becomes("connected", "poor");
  pass(POOR_FOR_MS);
  assert.equal(line.steppedDown, false);
});

test("a line that is well again in time changes nothing", async () => {
  const { line, made, is, pass } = begun();
  await is({ ticket: PEER });
  made[0].becomes("connected", "poor");
  made[0].becomes("connected", "good");
  pass(POOR_FOR_MS);
  assert.equal(line.steppedDown, false);
});

test("the end lets go of the call, the microphone and the camera", async () => {
  const { line, made, media, is } = begun();
  await is({ ticket: PEER });
  line.end();
  assert.equal(made[0].told.at(-1), "end");
  assert.equal(media.stopped, true);
});

const call = (state = "connected", quality = "good") => ({ state, quality });
const person = (more = {}) => ({ name: "Tom", mode: "video", other: OTHER, ...more });
const caption = (more) => captionOf({ stage: "in", weak: false, hindered: "", mode: "video", agreed: "video", call: call(), people: [person()], expected: "Tom", ...more }).key;

test("what matters most is said of the call, and only that", () => {
  assert.equal(caption({}), "call.connected");
  assert.equal(caption({ people: [] }), "call.alone");
  assert.equal(caption({ people: [], expected: "" }), "call.alone.nobody");
  assert.equal(caption({ call: null }), "call.connecting");
  assert.equal(caption({ call: call("reconnecting", "lost") }), "call.reconnecting");
  assert.equal(caption({ call: call("connected", "poor") }), "call.line.yours");
  assert.equal(caption({ people: [person({ other: { ...OTHER, quality: "poor" } })] }), "call.line.theirs");
  assert.equal(caption({ weak: true, people: [] }), "call.line.trying");
  assert.equal(caption({ mode: "text" }), "call.you.text");
  assert.equal(caption({ mode: "text", agreed: "text", people: [person({ mode: "text" })] }), "call.connected");
  assert.equal(caption({ people: [person({ mode: "text" })] }), "call.nobody-heard");
  assert.equal(caption({ hindered: "call_busy", stage: "admitted" }), "problem.call_busy");
  assert.equal(caption({ hindered: "held_in_writing", stage: "admitted" }), "problem.held_in_writing");
});

test("how others take part is said in words", () => {
  const key = (more) => noteOn(person(more))?.key ?? null;
  assert.equal(key({}), null);
  assert.equal(key({ mode: "text" }), "call.they.text");
  assert.equal(key({ mode: "phone" }), "call.they.phone");
  assert.equal(key({ other: { ...OTHER, camera: false } }), "call.they.camera-off");
  assert.equal(key({ other: { ...OTHER, microphone: false } }), "call.they.microphone-off");
  assert.equal(key({ other: { ...OTHER, microphone: false, camera: false } }), "call.they.both-off");
  assert.equal(key({ other: { ...OTHER, quality: "lost" } }), "call.they.lost");
  assert.equal(key({ other: { ...OTHER, quality: "lost" }, still: true }), "call.they.lost");
  assert.equal(key({ still: true }), "call.they.still");
  assert.equal(key({ still: true, other: { ...OTHER, camera: false } }), "call.they.camera-off");
});

test("a picture that stands still is never shown", () => {
  assert.equal(isSeen(person()), true);
  for (const quality of ["lost", "connecting"]) assert.equal(isSeen(person({ other: { ...OTHER, quality } })), false);
  assert.equal(isSeen(person({ other: { ...OTHER, camera: false } })), false);
  assert.equal(isSeen(person({ still: true })), false);
  assert.equal(isSeen(person({ mode: "audio" })), false);
  assert.equal(isSeen(person({ other: undefined })), false);
});

test("a picture stands still when nothing new is shown for five seconds, and moves with the next", () => {
  let shown = looked(undefined, 10, 0);
  for (const now of [1_000, 2_000, 3_000, 4_000, 4_999]) {
    shown = looked(shown, 10, now);
    assert.equal(isStill(shown, now), false);
  }
  shown = looked(shown, 10, 5_000);
  assert.equal(isStill(shown, 5_000), true);
  // A call that was made anew begins to count from nothing.
  assert.equal(isStill(looked(shown, 3, 6_000), 6_000), false);
  assert.equal(isStill(undefined, 9_000), false);
});

test("end-to-end encryption is said of direct calls only", () => {
  assert.match(words["call.privacy.peer"], /end-to-end/);
  assert.doesNotMatch(words["call.privacy.chime"], /end-to-end/);
});
