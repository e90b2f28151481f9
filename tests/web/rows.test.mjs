import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { rows } = await bundled("rooms/rows.ts");

const message = (seq, at, more = {}) => ({ seq, posted_at: at, mine: false, client_id: "", ...more });
const unsent = (client_id) => ({ client_id, text: "…" });
const day = (instant) => instant.slice(0, 10);
const shown = (...given) => rows(...given, day).map(({ key }) => key);

const LOG = [message(1, "2026-11-23T23:59:00Z"), message(2, "2026-11-24T00:01:00Z"), message(3, "2026-11-24T08:00:00Z", { mine: true, client_id: "c" })];

test("each day is said once, above its first message", () => {
  assert.deepEqual(shown(LOG, [], 9), ["day 2026-11-23", "message 1", "day 2026-11-24", "message 2", "message 3"]);
});

test("a line stands where the new messages of others begin", () => {
  assert.deepEqual(shown(LOG, [], 1), ["day 2026-11-23", "message 1", "day 2026-11-24", "new", "message 2", "message 3"]);
  assert.ok(!shown(LOG, [], 2).includes("new"), "one's own message is nothing new");
});

test("what is not sent yet stands at the end, and no longer once it is there", () => {
  assert.deepEqual(shown(LOG, [unsent("d")], 9).at(-1), "unsent d");
  assert.ok(!shown(LOG, [unsent("c")], 9).includes("unsent c"));
});
