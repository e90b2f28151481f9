import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { aloud, dialAddress, inGroups, inHalves, wholeNumber } = await bundled("meetings/phone-number.ts");
const { mayGoOn } = await bundled("meetings/near.ts");

test("a number is written in groups, and its country code stands apart", () => {
  assert.equal(inGroups("+12065550100"), "+1 206 555 0100");
  assert.equal(inGroups("+442079460000"), "+44 207 946 0000");
  assert.equal(inGroups("+35312345678"), "+353 123 456 78");
  assert.equal(inGroups("+4930123456"), "+493 012 3456");
});

test("a code is written in halves, and all is read out digit by digit", () => {
  assert.equal(inHalves("12345678"), "1234 5678");
  assert.equal(aloud(inHalves("12345678")), "1 2 3 4, 5 6 7 8");
  assert.equal(aloud("+1 206"), "+ 1, 2 0 6");
});

test("one press calls, waits, and sends the code with the key that ends it", () => {
  assert.equal(dialAddress("+12065550100", "12345678"), "tel:+12065550100,,12345678%23");
});

test("a number is taken however people write it, with its country code", () => {
  for (const typed of ["+1 425 555 0199", "+1 (425) 555-0199", "001 425.555.0199", "\u2066+1 425 555 0199\u2069", "+١ ٤٢٥ ٥٥٥ ٠١٩٩"]) {
    assert.equal(wholeNumber(typed, []), "+14255550199", typed);
  }
});

test("ten digits are a whole number where all the organisation's countries have those, and only there", () => {
  assert.equal(wholeNumber("(425) 555-0199", ["US", "CA"]), "+14255550199");
  assert.equal(wholeNumber("1 425 555 0199", ["US"]), "+14255550199");
  for (const countries of [[], ["GB"], ["US", "GB"]]) assert.equal(wholeNumber("425 555 0199", countries), null);
});

test("what can be no number is none", () => {
  for (const typed of ["", "+1", "hello", "+0 425 555 0199", "+1 425 555 0199 ext. 5", "+1234567890123456", "055 555 0199"]) {
    assert.equal(wholeNumber(typed, ["US"]), null, typed);
  }
});

test("a phone may come in until half an hour after the end, unless the appointment is over or called off", () => {
  const end = "2026-11-24T18:00:00Z";
  const at = (minutes) => Date.parse(end) + minutes * 60_000;
  const held = { start: "2026-11-24T17:00:00Z", end, status: "booked" };
  assert.deepEqual([-1_000, 0, 29, 30].map((minutes) => mayGoOn(held, at(minutes))), [true, true, true, false]);
  for (const status of ["fulfilled", "cancelled", "noshow"]) assert.equal(mayGoOn({ ...held, status }, at(0)), false);
});
