import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

globalThis.navigator ??= { languages: ["en"] };
globalThis.document ??= { documentElement: {}, dispatchEvent() {} };

const { isNear, nearChangesIn } = await bundled("meetings/near.ts");
const { ahead, minutesUntil, speak } = await bundled("meetings/ahead.ts", 'export { speak } from "../words/language.ts";');
await speak("en");

const START = Date.parse("2026-11-24T18:00:00Z");
const MINUTE = 60_000;
const when = (status = "booked") => ({ start: "2026-11-24T18:00:00Z", end: "2026-11-24T18:50:00Z", status });

test("the way to a meeting is shown from an hour before until half an hour after it", () => {
  const at = (minutes) => isNear(when(), START + minutes * MINUTE);
  assert.deepEqual([-61, -60, 0, 79, 80].map(at), [false, true, true, true, false]);
});

test("there is no way to what was called off, or is over", () => {
  assert.deepEqual(["booked", "arrived", "fulfilled", "cancelled", "noshow"].map((status) => isNear(when(status), START)), [true, true, false, false, false]);
});

test("it is known when that becomes another answer", () => {
  assert.equal(nearChangesIn(when(), START - 70 * MINUTE), 10 * MINUTE);
  assert.equal(nearChangesIn(when(), START), 80 * MINUTE);
  assert.equal(nearChangesIn(when(), START + 90 * MINUTE), Infinity);
  assert.equal(nearChangesIn(when("cancelled"), START), Infinity);
});

test("how long it takes is said in whole minutes, hours and days, and never as nothing", () => {
  assert.deepEqual([0.2, 1, 12.4, 89, 90, 47 * 60, 49 * 60].map((minutes) => ahead(minutes * MINUTE)),
    ["in 1 minute", "in 1 minute", "in 12 minutes", "in 89 minutes", "in 2 hours", "in 47 hours", "in 2 days"]);
});

test("minutes that have begun count, and what is over has none left", () => {
  assert.deepEqual([START - 61_000, START - 60_000, START, START + 1].map((now) => minutesUntil("2026-11-24T18:00:00Z", now)), [2, 1, 0, 0]);
});
