import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

globalThis.navigator ??= { languages: ["en"] };
globalThis.document ??= { documentElement: {}, dispatchEvent() {} };

const { Attendance, Problem } = await bundled("meetings/attendance.ts", 'export { Problem } from "../api/problem.ts";');

const DEVICE = "d".repeat(32);
const START = Date.parse("2026-11-24T18:00:00Z");
const MINUTE = 60_000;
const at = (ms) => new Date(ms).toISOString();

/** The service as one who may come sees it, and a clock that only the test moves. */
function world({ hosts = false, minutes = -5 } = {}) {
  const timers = [];
  const seat = (more) => ({ id: "s-alice", role: "client", name: "quiet-otter-482", member_id: "", status: "waiting", mode: "video", present: true, in_call: false, number: 0, arrived_at: at(START), device: "", ...more });
  const w = {
    hosts, at: START + minutes * MINUTE, asked: [], listener: null, refusal: null, ticket: null, attended: 0,
    meeting: {
      id: "m1", kind: "appointment", of: "a1", mode: "video", start: at(START), end: at(START + 50 * MINUTE),
      opens_at: at(START - 15 * MINUTE), closes_at: at(START + 80 * MINUTE), version: 0, provider: null, you: null, others: [],
      notice: null, started_at: null, ended_at: null, ended_because: null,
    },
    seat,
    view: () => ({ ...w.meeting, now: at(w.at) }),
    /** Something that others did; the socket tells of it. */
    becomes(more, told = true) {
      w.meeting = { ...w.meeting, ...more, version: w.meeting.version + 1 };
      if (told) w.listener?.({ type: "meeting", meeting: "m1", version: w.meeting.version });
    },
    async answers(what, value) {
      w.asked.push(what);
      await null;
      if (w.refusal) throw w.refusal;
      return value();
    },
    find: () => w.answers("find", w.view),
    see: () => w.answers("see", w.view),
    arrive: ({ device, mode }) => w.answers(`arrive ${mode}`, () => {
      w.becomes({ you: seat({ ...w.meeting.you, device, mode, ...(hosts ? { status: "admitted", role: "counselor" } : {}) }) }, false);
      return w.view();
    }),
    keep: (_, { mode, join }) => w.answers(`keep ${mode}${join ? " join" : ""}`, () => {
      if (join && !w.meeting.you.in_call) w.becomes({ you: { ...w.meeting.you, in_call: true, number: w.meeting.version + 1 } }, false);
      return { meeting: w.view(), call: join ? w.ticket : null };
    }),
    leave: () => w.answers("leave", () => undefined),
    attend(_, listener) {
      w.attended += 1;
      w.listener = listener;
      return () => {
        w.attended -= 1;
        w.listener = null;
      };
    },
    signal: (...said) => w.asked.push(`signal ${said[2]}`),
    later(ms, work) {
      const timer = { at: w.at + ms, work };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    now: () => w.at,
    async pass(ms) {
      const end = w.at + ms;
      for (;;) {
        await settle();
        const next = timers.filter(({ at: due }) => due <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.splice(timers.indexOf(next), 1);
        w.at = next.at;
        next.work();
      }
      w.at = end;
      await settle();
    },
    /** What was asked since the last time. */
    heard() {
      return w.asked.splice(0);
    },
    get planned() {
      return timers.length;
    },
  };
  return w;
}

const settle = async () => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};

async function begun(settings) {
  const w = world(settings);
  const attendance = new Attendance(w, DEVICE);
  await attendance.begin();
  return { w, attendance };
}

async function arrived(settings, mode = "video") {
  const { w, attendance } = await begun(settings);
  await attendance.arrive(mode);
  await settle();
  w.heard();
  return { w, attendance };
}

const PEER = { provider: "peer", ice_servers: [], relay: false };
const tom = (more) => ({ id: "s-tom", role: "counselor", name: "Tom Abara", member_id: "", status: "admitted", mode: "video", present: true, in_call: true, number: 9, arrived_at: at(START), device: "", ...more });
const admitted = (w, more = {}) => ({ you: { ...w.meeting.you, status: "admitted" }, others: [tom()], ...more });

test("a page has a device id of its own, of 32 hex digits", () => {
  const ids = new Set([new Attendance(world()).device, new Attendance(world()).device]);
  assert.equal(ids.size, 2);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test("it opens by itself when it is time", async () => {
  const { w, attendance } = await begun({ minutes: -20 });
  assert.equal(attendance.stage, "early");
  const seen = [];
  attendance.addEventListener("change", () => seen.push(attendance.stage));
  await w.pass(5 * MINUTE + 1_000);
  assert.equal(attendance.stage, "open");
  assert.ok(seen.includes("open"));
});

test("a client comes too late after the end, a counselor may still come", async () => {
  assert.equal((await begun({ minutes: 55 })).attendance.stage, "late");
  assert.equal((await begun({ minutes: 55, hosts: true })).attendance.stage, "open");
  assert.equal((await begun({ minutes: 81, hosts: true })).attendance.stage, "late");
});

test("whoever arrives waits, and keeps the seat every fifteen seconds", async () => {
  const { w, attendance } = await arrived();
  assert.equal(attendance.stage, "waiting");
  await w.pass(45_000);
  assert.deepEqual(w.heard(), ["keep video", "keep video", "keep video"]);
});

test("news of the meeting is asked for once, and old news never", async () => {
  const { w, attendance } = await arrived();
  w.becomes({ notice: { at: at(w.at), expected_at: at(w.at + 5 * MINUTE) } });
  w.listener({ type: "meeting", meeting: "m1", version: w.meeting.version });
  await settle();
  assert.ok(attendance.meeting.notice);
  assert.ok(w.heard().filter((what) => what === "see").length <= 2);
  w.listener({ type: "meeting", meeting: "m1", version: w.meeting.version });
  w.listener({ type: "meeting", meeting: "m1", version: 1 });
  await settle();
  assert.deepEqual(w.heard(), []);
});

test("an answer that was overtaken changes nothing", async () => {
  const { w, attendance } = await arrived();
  const old = w.view();
  w.becomes(admitted(w));
  await settle();
  attendance.is(old);
  assert.equal(attendance.you.status, "admitted");
});

test("whoever is let in joins at once, and gets the way to the others", async () => {
  const { w, attendance } = await arrived();
  w.ticket = PEER;
  w.becomes(admitted(w));
  await settle();
  assert.deepEqual(w.heard(), ["see", "keep video join"]);
  assert.equal(attendance.stage, "in");
  assert.deepEqual(attendance.ticket, PEER);
  await w.pass(30_000);
  assert.deepEqual(w.heard(), ["keep video", "keep video"]);
});

test("a counselor is in without asking, and gets a way when somebody comes", async () => {
  const { w, attendance } = await begun({ hosts: true });
  await attendance.arrive("video");
  await settle();
  assert.equal(attendance.stage, "in");
  assert.equal(attendance.ticket, null);
  assert.deepEqual(w.heard(), ["find", "arrive video", "keep video join"]);
  w.ticket = { provider: "chime", meeting: { MeetingId: "c1" }, attendee: {} };
  w.becomes({ others: [w.seat({ id: "s-2", status: "admitted", in_call: true, number: 7 })] });
  await settle();
  assert.deepEqual(w.heard(), ["see", "keep video join"]);
  assert.equal(attendance.ticket.provider, "chime");
});

test("whoever was let in before comes back with another page at once", async () => {
  const w = world();
  w.ticket = PEER;
  w.becomes({ you: w.seat({ status: "admitted", device: "e".repeat(32) }), others: [tom()] }, false);
  const attendance = new Attendance(w, DEVICE);
  await attendance.begin();
  await attendance.arrive("video");
  await settle();
  assert.deepEqual(w.heard(), ["find", "arrive video", "keep video join"]);
  assert.equal(attendance.stage, "in");
});

test("a counselor who waits in a direct call goes over to another with whoever comes by phone", async () => {
  const { w, attendance } = await begun({ hosts: true });
  w.ticket = PEER;
  await attendance.arrive("video");
  await settle();
  assert.deepEqual(attendance.ticket, PEER);
  w.heard();
  w.ticket = { provider: "chime", meeting: { MeetingId: "c1" }, attendee: {} };
  w.becomes({ provider: "chime", others: [w.seat({ id: "s-2", status: "admitted", mode: "phone", in_call: true, number: 7 })] });
  await settle();
  assert.deepEqual(w.heard(), ["see", "keep video join"]);
  assert.equal(attendance.ticket.provider, "chime");
});

test("whoever was lost from the call comes back to it", async () => {
  const { w, attendance } = await arrived();
  w.ticket = PEER;
  w.becomes(admitted(w));
  await settle();
  w.heard();
  w.becomes({ you: { ...w.meeting.you, in_call: false, number: 0 } });
  await settle();
  assert.deepEqual(w.heard(), ["see", "keep video join"]);
  assert.equal(attendance.stage, "in");
});

test("a gap in the network loses nothing, and is over by itself", async () => {
  const { w, attendance } = await arrived();
  w.refusal = new Problem("unreachable");
  await w.pass(20_000);
  assert.equal(attendance.weak, true);
  assert.equal(attendance.stage, "waiting");
  w.refusal = null;
  await w.pass(15_000);
  assert.equal(attendance.weak, false);
  assert.ok(w.heard().length >= 3, "it is tried sooner than usual");
});

test("on another device everything stops here, and can be taken back", async () => {
  const { w, attendance } = await arrived();
  w.refusal = new Problem("seat_moved", 409);
  await w.pass(15_000);
  assert.equal(attendance.stage, "moved");
  assert.deepEqual([w.planned, w.attended], [0, 0]);
  w.heard();
  await w.pass(MINUTE);
  assert.deepEqual(w.heard(), []);
  w.refusal = null;
  await attendance.arrive("audio");
  assert.equal(attendance.stage, "waiting");
});

test("another device is known from the meeting, too", async () => {
  const { w, attendance } = await arrived();
  w.becomes({ you: { ...w.meeting.you, device: "e".repeat(32) } });
  await settle();
  assert.equal(attendance.stage, "moved");
});

test("a page that learns late that its seat was taken over knows by what: a phone, or another page", async () => {
  const { w, attendance } = await arrived();
  w.keep = () => Promise.reject(new Problem("seat_moved", 409));
  w.becomes({ you: { ...w.meeting.you, device: "line", mode: "phone" } }, false);
  await w.pass(15_000);
  assert.deepEqual([attendance.stage, attendance.you.mode], ["moved", "phone"]);
  assert.deepEqual([w.planned, w.attended], [0, 0]);
});

test("the end stops everything", async () => {
  const { w, attendance } = await arrived();
  w.becomes(admitted(w));
  await settle();
  w.becomes({ ended_at: at(w.at), ended_because: "ended" });
  await settle();
  assert.equal(attendance.stage, "ended");
  assert.deepEqual([w.planned, w.attended], [0, 0]);
});

test("whoever is not let in is told, and may be let in after all", async () => {
  const { w, attendance } = await arrived();
  w.becomes({ you: { ...w.meeting.you, status: "declined" } });
  await settle();
  assert.equal(attendance.stage, "declined");
  w.becomes(admitted(w));
  await settle();
  assert.equal(attendance.stage, "in");
});

test("an appointment that was called off cannot be come to", async () => {
  const { w, attendance } = await begun();
  w.refusal = new Problem("not_held", 409);
  await attendance.arrive("video");
  assert.equal(attendance.stage, "off");
});

for (const code of ["meeting_full", "call_busy", "held_in_writing"]) test(`a call that has no room yet is tried again: ${code}`, async () => {
  const { w, attendance } = await arrived();
  const keep = w.keep;
  w.keep = async () => {
    w.asked.push("full");
    throw new Problem(code, 409);
  };
  w.becomes(admitted(w));
  await settle();
  assert.deepEqual([attendance.stage, attendance.hindered, attendance.weak], ["admitted", code, false]);
  w.keep = keep;
  await w.pass(15_000);
  assert.deepEqual([attendance.stage, attendance.hindered], ["in", ""]);
});

test("in writing there is nothing to carry, and going back to sound asks for a way anew", async () => {
  const { w, attendance } = await arrived();
  w.ticket = PEER;
  w.becomes(admitted(w));
  await settle();
  w.heard();
  attendance.takePart("text");
  await settle();
  assert.equal(attendance.ticket, null);
  assert.deepEqual(w.heard(), ["keep text"]);
  attendance.takePart("audio");
  await settle();
  assert.deepEqual(w.heard(), ["keep audio join"]);
  assert.deepEqual(attendance.ticket, PEER);
});

test("whoever leaves says so; a page that is put away says so and may come back", async () => {
  const { w, attendance } = await arrived();
  attendance.goAway();
  assert.deepEqual(w.heard(), ["leave"]);
  assert.equal(attendance.stage, "waiting");
  await attendance.leave();
  assert.deepEqual([w.heard().join(), attendance.stage, w.planned], ["leave", "left", 0]);
});

test("signals go to whoever listens, and none after the end", async () => {
  const { w, attendance } = await arrived();
  const heard = [];
  attendance.listen((sender, body) => heard.push([sender, body.kind]));
  w.listener({ type: "signal", meeting: "m1", sender: "s-tom", body: { kind: "offer", call: "c" } });
  attendance.send("s-tom", { kind: "again", call: "c" });
  assert.deepEqual(heard, [["s-tom", "offer"]]);
  assert.deepEqual(w.heard(), ["signal s-tom"]);
  await attendance.leave();
  w.heard();
  attendance.send("s-tom", { kind: "again", call: "c" });
  assert.deepEqual(w.heard(), []);
});

test("whoever steps out of a circle keeps the seat, is not in the call, and comes back when they say so", async () => {
  const { w, attendance } = await arrived();
  const circle = (...out) => ({ stepped_out: out });
  w.ticket = PEER;
  w.becomes(admitted(w, { circle: circle() }));
  await settle();
  w.heard();
  w.becomes({ circle: circle("s-alice"), you: { ...w.meeting.you, in_call: false, number: 0 } });
  await settle();
  assert.equal(attendance.out, true);
  await w.pass(30_000);
  assert.deepEqual(w.heard(), ["see", "keep video", "keep video"]);
  w.becomes({ circle: circle() }, false);
  attendance.is(w.view());
  await settle();
  assert.deepEqual(w.heard(), ["keep video join"]);
  assert.equal(attendance.stage, "in");
});

for (const code of ["removed", "muted", "suspended", "not_a_member"]) {
  test(`whoever is ${code} in the room is out of its circle, and does not knock again and again`, async () => {
    const { w, attendance } = await arrived();
    w.refusal = new Problem(code, 409);
    await w.pass(15_000);
    assert.equal(attendance.stage, "removed");
    w.heard();
    await w.pass(60_000);
    assert.deepEqual(w.heard(), []);
  });
}
