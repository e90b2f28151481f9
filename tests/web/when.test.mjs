import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const person = { languages: ["en"] };
Object.defineProperty(globalThis, "navigator", { value: person, configurable: true });
globalThis.document = { documentElement: {}, dispatchEvent() {} };

const { clock, daySpan, speak, span } = await bundled("time/when.ts", 'export { speak } from "../words/language.ts";');
const [START, END] = ["2026-11-24T09:00:00Z", "2026-11-24T09:50:00Z"];

async function reads(tag) {
  person.languages = [tag];
  await speak(tag.split("-")[0]);
}

test("a time alone and a time in a span are written alike, in every language", async () => {
  for (const tag of ["en", "en-GB", "en-US", "es", "es-ES", "es-MX", "ar", "ar-EG"]) {
    await reads(tag);
    const hours = /^[\d\u0660-\u0669]+.[\d\u0660-\u0669]+/;
    assert.equal(span(START, END, "UTC").match(hours)?.[0], clock(START, "UTC").match(hours)?.[0], tag);
  }
});

test("where the day has 24 hours, each has two digits; where it has twice twelve, none is padded", async () => {
  await reads("es-ES");
  assert.equal(clock(START, "UTC"), "09:00");
  assert.equal(span(START, END, "UTC"), "09:00 – 09:50");
  await reads("en-US");
  assert.match(clock(START, "UTC"), /^9:00\sAM$/);
  assert.match(span(START, END, "UTC"), /^9:00\s–\s9:50\sAM$/);
});

test("a day and its times are set apart by the comma of the language", async () => {
  for (const [tag, comma] of [["en-GB", ", "], ["es-MX", ", "], ["ar-EG", "، "]]) {
    await reads(tag);
    assert.ok(daySpan(START, END, "UTC").endsWith(`${comma}${span(START, END, "UTC")}`), daySpan(START, END, "UTC"));
  }
});
