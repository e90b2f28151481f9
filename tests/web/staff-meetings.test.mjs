import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

// Node 20 has none, and modules of the site ask it for the person's language.
globalThis.navigator ??= { languages: ["en"] };

const { hasMore, partsOf, sendable, written } = await bundled("staff/meetings/note-rules.ts");
const { breakAfter, later } = await bundled("staff/meetings/break-rules.ts");
const { begun, dialled, faultsIn, sendable: sendableProcedure, withoutEmpty } = await bundled("staff/meetings/procedure-rules.ts");
const { afterRefusal, explained, Problem } = await bundled("staff/meetings/next-rules.ts", 'export { Problem } from "../../api/problem.ts";');

const note = (parts = {}) => ({ kind: "free", text: "", talked_about: "", how_they_are: "", agreed: "", next_steps: "", version: 3, changed_at: "2026-11-24T10:00:00Z", ...parts });

test("a note is sent with its words and its kind, and nothing the API would refuse", () => {
  assert.deepEqual(Object.keys(sendable(note({ text: "a" }))).sort(), ["agreed", "how_they_are", "kind", "next_steps", "talked_about", "text"]);
});

test("going over to the other kind hides words, and the note says that they are kept", () => {
  const free = note({ text: "As it came." });
  assert.ok(!hasMore(free));
  assert.ok(hasMore({ ...free, kind: "structured" }));
  assert.ok(!hasMore(note({ agreed: "  " })));
  assert.deepEqual(partsOf("free"), ["text"]);
  assert.equal(partsOf("structured").length, 4);
});

test("whoever reads an old note sees every part with words in it, whatever its kind", () => {
  assert.deepEqual(written(note({ text: "a", agreed: "b", next_steps: "\n" })), ["text", "agreed"]);
});

test("a break begins in the quarter of an hour that is on and lasts fifteen minutes at least", () => {
  const at = (clock) => Date.parse(`2026-11-24T${clock}:00Z`);
  const end = "2026-11-24T09:50:00Z";
  assert.deepEqual(breakAfter(end, at("10:07")), { start: "2026-11-24T10:00:00Z", end: "2026-11-24T10:30:00Z" });
  assert.deepEqual(breakAfter(end, at("10:15")), { start: "2026-11-24T10:15:00Z", end: "2026-11-24T10:30:00Z" });
});

test("while the appointment goes on, the break is counted from its end", () => {
  assert.deepEqual(breakAfter("2026-11-24T09:50:00Z", Date.parse("2026-11-24T09:20:00Z")), { start: "2026-11-24T09:45:00Z", end: "2026-11-24T10:15:00Z" });
});

test("quarters that the appointment takes itself are left out until nothing is left to keep", () => {
  const rest = later({ start: "2026-11-24T09:45:00Z", end: "2026-11-24T10:15:00Z" });
  assert.deepEqual(rest, { start: "2026-11-24T10:00:00Z", end: "2026-11-24T10:15:00Z" });
  assert.equal(later(rest), null);
});

test("a number is dialled without what makes it legible", () => {
  assert.equal(dialled("+351 (21) 000-00.00"), "tel:+351210000000");
  assert.equal(dialled("*31# 112"), "tel:*31%23112");
});

test("each fault of a procedure is named where it stands, and rows without a word are none", () => {
  const numbers = withoutEmpty([{ name: " ", number: "" }, { name: "On duty ", number: "112" }, { name: "", number: "ask Ada" }]);
  assert.deepEqual(numbers, [{ name: "On duty", number: "112" }, { name: "", number: "ask Ada" }]);
  assert.deepEqual(faultsIn({ text: " ", numbers }).map(({ field }) => field), ["text", "numbers.1.name", "numbers.1.number"]);
  assert.deepEqual(faultsIn({ text: "Stay.", numbers: [{ name: "Ada", number: "--" }] }).map(({ field }) => field), ["numbers.0.number"]);
});

test("the form of a procedure begins with whether it is confirmed, and sends only what may be sent", () => {
  const kept = { language: "en", text: "Stay.", numbers: [], version: 2, changed_at: "x", confirmed_at: "x", confirmed_languages: ["en"] };
  assert.deepEqual(sendableProcedure(begun(kept)), { language: "en", text: "Stay.", numbers: [], confirmed: true });
  assert.equal(begun({ ...kept, confirmed_at: null }).confirmed, false);
});

test("when a time is gone, what the API says is free is shown in its place; other refusals leave the list as it is", () => {
  const booked = [{ start: "b", end: "b" }];
  const before = { same_time: { start: "a", end: "a" }, others: [], booked };
  const next_slots = [{ start: "c", end: "c" }];
  assert.deepEqual(afterRefusal(new Problem("slot_taken", 409, null, { next_slots }), before), { same_time: null, others: next_slots, booked });
  assert.deepEqual(afterRefusal(new Problem("slot_not_offered", 422, "start", { next_slots }), before).others, next_slots);
  assert.equal(afterRefusal(new Problem("offline"), before), null);
});

test("a counselor is told of the client's many appointments in words for counselors", () => {
  assert.equal(explained(new Problem("too_many_appointments", 409)).code, "client_has_many");
  assert.equal(explained(new Problem("slot_taken", 409)).code, "slot_taken");
  const other = new Error("x");
  assert.equal(explained(other), other);
});
