import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

// Node 20 has none, and modules of the site ask it for the person's language.
globalThis.navigator ??= { languages: ["en"] };

const { costs, isMonth, money, monthLater, thresholds } = await bundled("staff/usage-rules.ts");

test("money is written in dollars and cents, a small price in full", () => {
  assert.equal(money(10_006_823), "$10.01");
  assert.equal(money(0), "$0.00");
  assert.equal(money(1_700, 4), "$0.0017");
});

test("a ceiling acts at four fifths and in full", () => {
  assert.deepEqual(thresholds(50), { direct: 40_000_000, writing: 50_000_000 });
  assert.deepEqual(thresholds(0), { direct: 0, writing: 0 });
});

test("months follow each other over the ends of years", () => {
  assert.equal(monthLater("2026-12", 1), "2027-01");
  assert.equal(monthLater("2027-01", -1), "2026-12");
  assert.equal(monthLater("2027-03", -1), "2027-02");
});

test("what is no month is not asked for", () => {
  assert.deepEqual(["2027-03", "2027-13", "2027-3", "1999-12", "", "../people"].map(isMonth), [true, false, false, false, false, false]);
});

test("where all calls go directly, nothing costs", () => {
  assert.equal(costs({ usual: { appointment: "peer", circle: "peer" } }), false);
  assert.equal(costs({ usual: { appointment: "peer", circle: "chime" } }), true);
});
