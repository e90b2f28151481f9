import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { digestsBeginningWith } = await bundled("people/sha256.ts");
const { prove } = await bundled("people/proof.ts");
const expected = (text) => createHash("sha256").update(text).digest("hex");

test("digests agree with Node's for every length of beginning around the block size", () => {
  for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 127, 128, 300]) {
    const beginning = "s".repeat(length);
    const digest = digestsBeginningWith(beginning);
    for (const ending of ["", "0", "59999", "e".repeat(70)]) assert.equal(digest(ending), expected(beginning + ending), `${length}+${ending.length}`);
  }
});

test("the proof finds the number that the challenge hides", async () => {
  const challenge = { salt: "salt?quiet-otter-482.", target: expected("salt?quiet-otter-482.4711"), max_number: 60000 };
  const told = [];
  assert.equal(await prove(challenge, (done) => told.push(done), new AbortController().signal), 4711);
  assert.ok(told.every((done) => done >= 0 && done <= 1));
});

test("the proof ends without an answer when there is none", async () => {
  assert.equal(await prove({ salt: "salt", target: "0".repeat(64), max_number: 500 }, () => {}, new AbortController().signal), null);
});
