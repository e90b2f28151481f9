import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

globalThis.addEventListener ??= () => {};
globalThis.document ??= { addEventListener() {} };
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en-GB"], onLine: true } });

const { choosable, minutesOf, spanInWords } = await bundled("reminders/before.ts");
const { inTheCalendar, onTheScreen, onTop, same, wish } = await bundled("reminders/preferences.ts");
const { leadsTo, sideOf } = await bundled("reminders/notices.ts");

const KEPT = { before: [1440, 15], channels: ["push"], quiet: null, code_word: "", sender: "", calendar_title: "", version: 2 };
const SAMPLE = { title: "Reminder", body: "Coming up: Tuesday, 2 March 2027, 12:00 (UTC)." };

test("what somebody added stands among what is offered, the longest first and each once", () => {
  assert.deepEqual(choosable([15, 90]), [10080, 2880, 1440, 180, 90, 60, 15]);
});

test("a time is said in the largest unit in which it is a whole number", () => {
  assert.deepEqual([10080, 2880, 1440, 180, 90, 60, 15].map(spanInWords), ["1 week", "2 days", "1 day", "3 hours", "90 minutes", "1 hour", "15 minutes"]);
});

test("what is typed is taken from five minutes to seven days, and as a whole number only", () => {
  assert.deepEqual([["5", "minute"], ["36", "hour"], ["7", "day"]].map(([typed, unit]) => minutesOf(typed, unit)), [5, 2160, 10080]);
  for (const [typed, unit] of [["4", "minute"], ["8", "day"], ["1.5", "hour"], ["", "day"], ["-1", "day"], ["1e3", "minute"]]) assert.equal(minutesOf(typed, unit), null);
});

test("a code word stands where our title would, on the screen and in the calendar, unless that has its own", () => {
  assert.deepEqual(onTheScreen({ code_word: "  ", sample: SAMPLE }), SAMPLE);
  assert.deepEqual(onTheScreen({ code_word: " Piano ", sample: SAMPLE }), { ...SAMPLE, title: "Piano" });
  assert.equal(inTheCalendar(KEPT, "Appointment"), "Appointment");
  assert.equal(inTheCalendar({ ...KEPT, code_word: "Piano" }, "Appointment"), "Piano");
  assert.equal(inTheCalendar({ ...KEPT, code_word: "Piano", calendar_title: "Swimming" }, "Appointment"), "Swimming");
});

test("what is only for show is not sent, and only what differs is unsaved", () => {
  assert.deepEqual(wish({ ...KEPT, before: [15, 1440], code_word: " Piano ", sample: SAMPLE }), { ...KEPT, code_word: "Piano" });
  assert.ok(same(KEPT, { ...KEPT, before: [15, 1440] }));
  assert.ok(!same(KEPT, { ...KEPT, quiet: { start: "22:00", end: "07:00" } }));
});

test("what was changed here stays when something else was saved elsewhere", () => {
  const mine = { ...KEPT, code_word: "Piano", before: [15, 1440] };
  const theirs = { ...KEPT, before: [60], sender: "Ann", version: 3 };
  assert.deepEqual(onTop(mine, KEPT, theirs), { ...theirs, code_word: "Piano" });
  assert.deepEqual(onTop({ ...mine, before: [] }, KEPT, theirs), { ...theirs, code_word: "Piano", before: [] });
});

test("a notice leads to what it is about, on the side of the site one is on", () => {
  assert.equal(leadsTo({ kind: "moved", of: "a1", room: "" }, sideOf("/notices")), "/appointments/a1");
  assert.equal(leadsTo({ kind: "reminder", of: "a1", room: "" }, sideOf("/staff/notices")), "/staff/appointments/a1");
  assert.equal(leadsTo({ kind: "offer", of: "o1", room: "" }, ""), "/offers/o1");
  assert.equal(leadsTo({ kind: "gathering", of: "g1", room: "r1" }, ""), "/rooms/r1");
});
