import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { match } = await bundled("frame/match.ts");

test("an address leads to the pattern it fits, with its pieces named", () => {
  assert.deepEqual(match("/", "/"), {});
  assert.deepEqual(match("/counselors/:id", "/counselors/c1"), { id: "c1" });
  assert.deepEqual(match("/appointments/:id/:news", "/appointments/a1/booked/"), { id: "a1", news: "booked" });
  assert.deepEqual(match("/counselors/:id", "/counselors/%C3%A9"), { id: "é" });
});

test("an address that fits no pattern, or is no proper one, leads nowhere", () => {
  assert.equal(match("/counselors/:id", "/counselors"), null);
  assert.equal(match("/counselors/:id", "/counselors/"), null);
  assert.equal(match("/counselors", "/counselors/c1"), null);
  assert.equal(match("/counselors/:id", "/counselors/%E0%A4%A"), null);
});
