import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

// Node 20 has none; words about weekdays ask it for the person's region.
globalThis.navigator ??= { languages: ["en"] };

const { clash, faultsIn, faultsOf } = await bundled("staff/hours-rules.ts");
const { instantAt } = await bundled("staff/wall-clock.ts");
const { sixDigits } = await bundled("staff/code.ts");

const fields = (availability) => faultsIn({ weekly: [], exceptions: [], ...availability }).map(({ field }) => field);
const off = (on, start = "00:00", end = "24:00") => ({ on, start, end, open: false });

test("hours that overlap on one day are named; hours that touch, or stand on another day, are fine", () => {
  const morning = { weekday: 1, start: "09:00", end: "12:00" };
  assert.deepEqual(fields({ weekly: [morning, { weekday: 1, start: "12:00", end: "24:00" }, { ...morning, weekday: 2 }] }), []);
  assert.deepEqual(fields({ weekly: [morning, { weekday: 1, start: "11:45", end: "13:00" }] }), ["weekly.1.start"]);
});

test("a missing clock and an end before the start are each named where they stand", () => {
  assert.deepEqual(faultsOf({ start: "", end: "" }, "weekly.3").map(({ field }) => field), ["weekly.3.start", "weekly.3.end"]);
  assert.deepEqual(faultsOf({ start: "12:00", end: "12:00" }, "weekly.0").map(({ field }) => field), ["weekly.0.end"]);
});

test("what is closed and what is open clash only where they meet on the same date", () => {
  assert.ok(clash(off("2026-12-24"), { ...off("2026-12-24", "10:00", "12:00"), open: true }));
  assert.ok(!clash(off("2026-12-24", "10:00", "12:00"), off("2026-12-24", "12:00", "14:00")));
  assert.ok(!clash(off("2026-12-24"), off("2026-12-25")));
});

test("a clock on the wall becomes the instant at which it shows that", () => {
  assert.equal(instantAt("Europe/Berlin", "2026-11-24", "09:00"), "2026-11-24T08:00:00Z");
  assert.equal(instantAt("Asia/Kathmandu", "2026-11-24", "00:15"), "2026-11-23T18:30:00Z");
  assert.equal(instantAt("Pacific/Kiritimati", "2026-01-01", "00:00"), "2025-12-31T10:00:00Z");
});

test("a time that clocks jump over does not exist, and of a time that comes twice the first is meant", () => {
  assert.equal(instantAt("Europe/Berlin", "2026-03-29", "02:30"), null);
  assert.equal(instantAt("Europe/Berlin", "2026-03-29", "03:00"), "2026-03-29T01:00:00Z");
  assert.equal(instantAt("Europe/Berlin", "2026-10-25", "02:30"), "2026-10-25T00:30:00Z");
  assert.equal(instantAt("Australia/Lord_Howe", "2026-10-04", "02:15"), null);
});

test("a date or a time that is no such thing has no instant", () => {
  for (const [date, time] of [["", "09:00"], ["2026-11-24", ""], ["2026-13-01", "09:00"]]) assert.equal(instantAt("UTC", date, time), null);
});

test("a code is read however the keyboard writes it", () => {
  for (const typed of ["123456", " 123 456 ", "١٢٣٤٥٦", "۱۲۳-۴۵۶"]) assert.equal(sixDigits(typed), "123456");
});
