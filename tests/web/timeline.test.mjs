import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { Timeline, NEWEST } = await bundled("rooms/timeline.ts");

const ME = "me";
const message = (seq, more = {}) => ({
  seq, kind: "message", state: "posted", author: { id: "ben", handle: "calm-heron-7", role: "member" }, text: `text ${seq}`, warning: null,
  folded: false, reply_to: null, posted_at: "2026-11-24T18:00:00Z", edited_at: null, reactions: {}, reacted: [], mine: false,
  client_id: "", held_for: null, replaces: null, note: "", ...more,
});
const hidden = (seq) => ({ seq, kind: "hidden" });
const change = (seq, of, more) => ({ seq, kind: "change", of, message: { ...message(of), ...more } });
const page = (entries, more = {}) => ({ entries, tail: entries.at(-1)?.seq ?? 0, more: false, ...more });
const texts = (timeline) => timeline.messages().map(({ text }) => text);

function begun(entries, more) {
  const timeline = new Timeline(ME);
  timeline.page(NEWEST, page(entries, more), 0);
  return timeline;
}

test("the first page is shown in order, with nothing new about it", () => {
  const timeline = new Timeline(ME);
  assert.deepEqual(timeline.page(NEWEST, page([message(1), hidden(2), message(3)]), 0), []);
  assert.deepEqual(texts(timeline), ["text 1", "text 3"]);
  assert.equal(timeline.behind, null);
});

test("an empty room knows that it is empty", () => {
  const timeline = begun([]);
  assert.deepEqual([timeline.behind, timeline.older, texts(timeline).length], [null, null, 0]);
  timeline.push(message(1));
  assert.deepEqual(texts(timeline), ["text 1"]);
});

test("a push that is next in turn is shown and is news, once", () => {
  const timeline = begun([message(1)]);
  assert.deepEqual(timeline.push(message(2)).map(({ seq }) => seq), [2]);
  assert.deepEqual(timeline.push(message(2)), []);
  assert.deepEqual(texts(timeline), ["text 1", "text 2"]);
});

test("a push beyond a hole is not shown before the hole is filled, and the hole is told", () => {
  const timeline = begun([message(1)]);
  assert.deepEqual(timeline.push(message(3)), []);
  assert.deepEqual(texts(timeline), ["text 1"]);
  assert.equal(timeline.behind, 1);
  const news = timeline.page({ after: 1 }, page([message(2), message(3)]), 1);
  assert.deepEqual(news.map(({ seq }) => seq), [2, 3]);
  assert.equal(timeline.behind, null);
});

test("what others wrote behind one's own message is news when the answer to it closes the hole", () => {
  const timeline = begun([message(1)]);
  assert.deepEqual(timeline.push(message(3)), []);
  const own = message(2, { author: { id: ME, handle: "quiet-otter-482", role: "member" }, mine: true, client_id: "a-key" });
  assert.deepEqual(timeline.posted(own).filter(({ mine }) => !mine).map(({ seq }) => seq), [3]);
  assert.deepEqual(texts(timeline), ["text 1", "text 2", "text 3"]);
});

test("a hint alone tells the hole", () => {
  const timeline = begun([message(1)]);
  timeline.hint(2);
  assert.equal(timeline.behind, 1);
});

test("pushes that come before the first page are not lost", () => {
  const timeline = new Timeline(ME);
  timeline.push(message(3));
  timeline.page(NEWEST, page([message(1), message(2)]), 0);
  assert.deepEqual(texts(timeline), ["text 1", "text 2", "text 3"]);
});

test("a change is applied to its message, whatever the order it comes in", () => {
  const timeline = begun([message(1)]);
  timeline.push(change(3, 1, { text: "second" }));
  timeline.push(change(2, 1, { text: "first" }));
  assert.deepEqual(texts(timeline), ["second"]);
  assert.equal(timeline.behind, null);
});

test("a change to a message that is not loaded yet is not undone by an older view of it", () => {
  const timeline = begun([message(5)], { more: true });
  timeline.push(change(6, 2, { text: "edited" }));
  timeline.page({ before: 5 }, page([message(2), message(3), message(4)], { tail: 6 }), 5);
  assert.deepEqual(texts(timeline), ["edited", "text 3", "text 4", "text 5"]);
});

test("a change to hidden takes the message away", () => {
  const timeline = begun([message(1), message(2)]);
  timeline.push({ seq: 3, kind: "change", of: 1, message: hidden(1) });
  assert.deepEqual(texts(timeline), ["text 2"]);
});

test("a message that waited and was approved stands at the end, once", () => {
  const timeline = begun([message(1, { mine: true, author: { id: ME }, state: "held", text: "hello", client_id: "c" }), message(2)]);
  timeline.push(message(3, { author: { id: ME }, text: "hello", replaces: 1, client_id: "c" }));
  assert.deepEqual(timeline.messages().map(({ seq }) => seq), [2, 3]);
});

test("older pages go on above, and it is known when there is nothing more", () => {
  const timeline = begun([message(4), message(5)], { more: true });
  assert.equal(timeline.older, 4);
  assert.deepEqual(timeline.page({ before: 4 }, page([message(2), message(3)], { tail: 5, more: true }), 5), []);
  assert.equal(timeline.older, 2);
  timeline.page({ before: 2 }, page([message(1)], { tail: 5 }), 5);
  assert.equal(timeline.older, null);
  assert.equal(texts(timeline).length, 5);
});

test("what is missing on a page has disappeared and is no hole", () => {
  const timeline = begun([message(1), message(2)]);
  timeline.hint(9);
  assert.deepEqual(timeline.page({ after: 2 }, page([message(8), message(9)]), 2).map(({ seq }) => seq), [8, 9]);
  assert.deepEqual([timeline.behind, timeline.older], [null, null]);
});

test("one's own message is shown at once, even before what came in between", () => {
  const timeline = begun([message(1)]);
  timeline.posted(message(3, { mine: true, client_id: "c" }));
  assert.ok(timeline.has("c"));
  assert.deepEqual(texts(timeline), ["text 1", "text 3"]);
  assert.equal(timeline.behind, 1);
});

test("pushes say neither what is mine nor my reactions, and take neither away", () => {
  const timeline = begun([message(1, { mine: true, author: { id: ME }, client_id: "c", reactions: { hug: 1 }, reacted: ["hug"] })]);
  timeline.push(change(2, 1, { author: { id: ME }, client_id: "", reactions: { hug: 2 } }));
  const [shown] = timeline.messages();
  assert.deepEqual([shown.mine, shown.client_id, shown.reacted, shown.reactions], [true, "c", ["hug"], { hug: 2 }]);
});

test("my own reaction holds, whichever of its answer and its push comes first", () => {
  const answer = message(1, { reactions: { heart: 1 }, reacted: ["heart"] });
  const push = change(2, 1, { reactions: { heart: 1 } });
  for (const order of ["answer first", "push first"]) {
    const timeline = begun([message(1)]);
    const steps = [() => timeline.changed(answer, 1), () => timeline.push(push)];
    for (const step of order === "push first" ? steps.reverse() : steps) step();
    assert.deepEqual(timeline.messages()[0].reacted, ["heart"], order);
  }
});

/** Small, fast and the same on every run (mulberry32). */
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A room as the API keeps it: a log without holes, read as it is at that moment. */
class Kept {
  log = [];
  now = new Map();

  post(more) {
    const seq = this.log.length + 1;
    this.now.set(seq, message(seq, more));
    this.log.push({ seq, of: null });
    return this.entry(seq);
  }

  change(of, view) {
    this.now.set(of, view);
    this.log.push({ seq: this.log.length + 1, of });
    return this.entry(this.log.length);
  }

  entry(seq) {
    const { of } = this.log[seq - 1];
    return of === null ? this.now.get(seq) : { seq, kind: "change", of, message: this.now.get(of) };
  }

  page({ after, before }, limit) {
    const all = this.log.map(({ seq }) => seq);
    const asked = after !== undefined ? all.filter((seq) => seq > after).slice(0, limit) : all.filter((seq) => seq < (before ?? Infinity)).slice(-limit);
    const more = after !== undefined ? (asked.at(-1) ?? after) < all.length : (asked[0] ?? 1) > 1;
    return { entries: asked.map((seq) => this.entry(seq)), tail: all.length, more };
  }

  shown() {
    return [...this.now.values()].filter(({ kind }) => kind === "message");
  }
}

test("however news is shuffled, doubled, lost and overtaken, in the end the room is shown as it is, each message new once", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed);
    const upTo = (count) => Math.floor(roll() * count);
    const room = new Kept();
    const timeline = new Timeline(ME);
    const news = [];
    const onTheWay = [];
    const ask = (asked, limit) => {
      const [answer, knew] = [room.page(asked, limit), timeline.upTo];
      onTheWay.push(() => news.push(...timeline.page(asked, answer, knew)));
    };
    for (let count = upTo(30); count > 0; count -= 1) room.post();
    ask(NEWEST, 10);
    onTheWay.shift()();
    const before = room.log.length;

    for (let step = 0; step < 120; step += 1) {
      const what = roll();
      if (what < 0.5) {
        let entry;
        if (what < 0.3 || room.log.length < 2) entry = room.post({ text: `s${seed} n${step}`, author: { id: roll() < 0.2 ? ME : "ben" } });
        else {
          const visible = room.shown().map(({ seq }) => seq);
          const of = visible[upTo(visible.length)] ?? room.post().seq;
          entry = room.change(of, roll() < 0.2 ? hidden(of) : { ...message(of), text: `changed at ${step}` });
        }
        const pushed = structuredClone(entry);
        for (let times = roll() < 0.25 ? 0 : roll() < 0.2 ? 2 : 1; times > 0; times -= 1) onTheWay.push(() => news.push(...timeline.push(pushed)));
      } else if (what < 0.65) {
        if (timeline.behind !== null) ask({ after: timeline.behind }, 7);
      } else if (what < 0.7) {
        if (timeline.older !== null) ask({ before: timeline.older }, 5);
      } else if (onTheWay.length) {
        onTheWay.splice(upTo(onTheWay.length), 1)[0]();
      }
    }
    while (onTheWay.length) onTheWay.splice(upTo(onTheWay.length), 1)[0]();
    timeline.hint(room.log.length);
    for (let after; (after = timeline.behind) !== null; ) news.push(...timeline.page({ after }, room.page({ after }, 7), timeline.upTo));
    for (let older; (older = timeline.older) !== null; ) timeline.page({ before: older }, room.page({ before: older }, 7), timeline.upTo);

    const plain = ({ seq, text }) => `${seq} ${text}`;
    assert.deepEqual(timeline.messages().map(plain), room.shown().map(plain), `seed ${seed}`);
    const seqs = news.map(({ seq }) => seq);
    assert.equal(new Set(seqs).size, seqs.length, `seed ${seed}: told twice`);
    assert.deepEqual(seqs, [...seqs].sort((a, b) => a - b), `seed ${seed}: told out of order`);
    const later = room.shown().map(({ seq }) => seq).filter((seq) => seq > before);
    assert.deepEqual(later.filter((seq) => !seqs.includes(seq)), [], `seed ${seed}: not told`);
  }
});
