import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const shelf = new Map();
globalThis.sessionStorage = { getItem: (name) => shelf.get(name) ?? null, setItem: (name, value) => shelf.set(name, value), clear: () => shelf.clear() };
globalThis.localStorage = { getItem: () => null, setItem: () => assert.fail("phones are shared: nothing may stay"), removeItem() {} };
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] }, configurable: true });
globalThis.document = { documentElement: {}, dispatchEvent() {} };

const { closeOutboxes, Outbox, outboxOf, Problem, forgetAll } = await bundled(
  "rooms/outbox.ts", 'export { Problem } from "../api/problem.ts"; export { forgetAll } from "../parts/kept.ts";');

const NOW = "2026-11-24T18:00:00Z";
const hello = (text) => ({ text, warning: null, reply_to: null });
const texts = (outbox) => outbox.unsent.map(({ text }) => text);
const states = (outbox) => outbox.unsent.map(({ state }) => state);

function fresh() {
  forgetAll();
  return new Outbox("room", "alice");
}

test("messages go one at a time, in the order they were written, and are then no longer here", async () => {
  const outbox = fresh();
  for (const text of ["one", "two", "three"]) outbox.add(hello(text), NOW);
  const sent = [];
  let under = 0;
  await outbox.flush(() => 7, async ({ text, after }) => {
    assert.equal(++under, 1);
    await Promise.resolve();
    sent.push([text, after]);
    under -= 1;
  });
  assert.deepEqual(sent, [["one", 7], ["two", 7], ["three", 7]]);
  assert.deepEqual(outbox.unsent, []);
});

test("sending while sending starts nothing twice", async () => {
  const outbox = fresh();
  outbox.add(hello("one"), NOW);
  let times = 0;
  const send = async () => void (times += 1);
  await Promise.all([outbox.flush(() => 0, send), outbox.flush(() => 0, send)]);
  assert.equal(times, 1);
});

test("without a connection it waits, keeps its key and what its writer had seen, and the next does not overtake it", async () => {
  const outbox = fresh();
  for (const text of ["one", "two"]) outbox.add(hello(text), NOW);
  const tries = [];
  const fail = async (unsent) => {
    tries.push(unsent);
    throw new Problem("unreachable");
  };
  await outbox.flush(() => 3, fail);
  await outbox.flush(() => 9, fail);
  assert.deepEqual(tries.map(({ text }) => text), ["one", "one"]);
  assert.equal(tries[0].client_id, tries[1].client_id);
  assert.deepEqual(tries.map(({ after }) => after), [3, 3]);
  assert.deepEqual(states(outbox), ["waiting", "waiting"]);
  assert.equal(outbox.unsent[0].problem, "unreachable");
});

test("what the room refuses is said, and holds up nothing", async () => {
  const outbox = fresh();
  const [bad] = [outbox.add(hello("bad"), NOW), outbox.add(hello("good"), NOW)];
  const sent = [];
  await outbox.flush(() => 0, async ({ text }) => {
    if (text === "bad") throw new Problem("muted", 409);
    sent.push(text);
  });
  assert.deepEqual(sent, ["good"]);
  assert.deepEqual(outbox.unsent.map(({ state, problem }) => [state, problem]), [["failed", "muted"]]);
  await outbox.flush(() => 0, async () => assert.fail("a refused message does not go again by itself"));

  outbox.retry(bad.client_id);
  await outbox.flush(() => 0, async ({ text }) => void sent.push(text));
  assert.deepEqual([sent, outbox.unsent], [["good", "bad"], []]);
});

test("where the room asks for a pause, it says how long", async () => {
  const outbox = fresh();
  outbox.add(hello("one"), NOW);
  const wait = await outbox.flush(() => 0, async () => {
    throw new Problem("too_soon", 429, null, {}, 12);
  });
  assert.equal(wait, 12);
  assert.deepEqual(states(outbox), ["waiting"]);
});

test("a reload in the middle of sending loses nothing: it goes again with the same key", async () => {
  const outbox = fresh();
  outbox.keepDraft(hello("half a thought"));
  const { client_id } = outbox.add(hello("one"), NOW);
  const hanging = outbox.flush(() => 4, () => new Promise(() => {}));
  assert.ok(hanging);

  const reloaded = new Outbox("room", "alice");
  assert.equal(reloaded.draft.text, "half a thought");
  assert.deepEqual(reloaded.unsent.map((one) => [one.client_id, one.after, one.state]), [[client_id, 4, "waiting"]]);
});

test("what turned out to be there is not sent again", async () => {
  const outbox = fresh();
  const { client_id } = outbox.add(hello("one"), NOW);
  outbox.settle((id) => id === client_id);
  assert.deepEqual(outbox.unsent, []);
});

test("what someone else left in the tab is not taken over", () => {
  const outbox = fresh();
  outbox.add(hello("private"), NOW);
  outbox.keepDraft(hello("very private"));
  const other = new Outbox("room", "ben");
  assert.deepEqual([texts(other), other.draft.text], [[], ""]);
});

test("opening the room again finds the same outbox, whatever is under way", () => {
  forgetAll();
  assert.equal(outboxOf("r", "alice"), outboxOf("r", "alice"));
  assert.notEqual(outboxOf("r", "alice"), outboxOf("r", "ben"));
});

test("after signing out nothing is written down again, even when an answer comes late", async () => {
  forgetAll();
  const outbox = outboxOf("r", "alice");
  outbox.add(hello("one"), NOW);
  let fail;
  const flushed = outbox.flush(() => 0, () => new Promise((_, no) => (fail = no)));
  closeOutboxes();
  forgetAll();
  fail(new Problem("unreachable"));
  await flushed;
  assert.equal(shelf.size, 0);
});
