import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { Intent } = await bundled("api/intent.ts");

test("trying again is the same wish, with the same key", () => {
  const intent = new Intent();
  assert.equal(intent.keyFor("a"), intent.keyFor("a"));
});

test("another body is another wish", () => {
  const intent = new Intent();
  assert.notEqual(intent.keyFor("a"), intent.keyFor("b"));
});

test("after an answer, asking for the same is a new wish", () => {
  const intent = new Intent();
  const before = intent.keyFor("a");
  intent.done();
  assert.notEqual(intent.keyFor("a"), before);
});

test("a key from before holds for its wish, and for no other", () => {
  const intent = new Intent("kept");
  assert.equal(intent.keyFor("a"), "kept");
  assert.notEqual(intent.keyFor("b"), "kept");
});
