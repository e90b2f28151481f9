/** Whose turn it is in a circle, in words, and the order of talking. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bundled } from "./bundled.mjs";

const { turnIn, leftOf, nextIn, movedBy } = await bundled("meetings/turns.ts");

const names = { maya: "Maya", alice: "quiet-otter", ben: "calm-heron" };
const nameOf = (seat) => names[seat];
const circle = (more) => ({ order: ["maya", "alice", "ben"], speaker: "", next: "", turn_ends_at: null, ...more });

test("everybody reads whose turn it is, from where they sit", () => {
  assert.deepEqual(turnIn(circle({ speaker: "alice" }), "alice", nameOf), { key: "circle.turn.yours" });
  assert.deepEqual(turnIn(circle({ speaker: "alice" }), "ben", nameOf), { key: "circle.turn.theirs", values: { name: "quiet-otter" } });
  assert.deepEqual(turnIn(circle(), "ben", nameOf), { key: "circle.turn.nobody" });
});

test("and whose comes then, if anybody wants it", () => {
  assert.deepEqual(nextIn(circle({ next: "ben" }), "ben", nameOf), { key: "circle.next.you" });
  assert.deepEqual(nextIn(circle({ next: "ben" }), "maya", nameOf), { key: "circle.next", values: { name: "calm-heron" } });
  assert.equal(nextIn(circle(), "maya", nameOf), null);
});

test("what is left of a turn is said roughly, and nobody is counted down", () => {
  const at = Date.parse("2027-03-01T19:00:00Z");
  const timed = circle({ speaker: "alice", turn_ends_at: "2027-03-01T19:03:00Z" });
  assert.deepEqual(leftOf(timed, at), { key: "circle.left.minutes", values: { count: 3 } });
  assert.deepEqual(leftOf(timed, at + 61_000), { key: "circle.left.minutes", values: { count: 2 } });
  assert.deepEqual(leftOf(timed, at + 150_000), { key: "circle.left.soon" });
  assert.deepEqual(leftOf(timed, at + 180_000), { key: "circle.left.over" });
  assert.equal(leftOf(circle({ speaker: "alice" }), at), null);
  assert.equal(leftOf(circle({ turn_ends_at: "2027-03-01T19:03:00Z" }), at), null);
});

test("somebody changes places with their neighbour, and nobody gets lost", () => {
  assert.deepEqual(movedBy(["maya", "alice", "ben"], "ben", -1), ["maya", "ben", "alice"]);
  assert.deepEqual(movedBy(["maya", "alice", "ben"], "maya", 1), ["alice", "maya", "ben"]);
  assert.equal(movedBy(["maya", "alice", "ben"], "maya", -1), null);
  assert.equal(movedBy(["maya", "alice", "ben"], "ben", 1), null);
  assert.equal(movedBy(["maya", "alice", "ben"], "caro", 1), null);
});
