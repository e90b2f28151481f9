import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { languagesIn, readCatalog } from "../../web/builder/catalogs.mjs";
import { bundled, catalogs } from "./bundled.mjs";

// Problems speak with the words of the page, and those come with the browser's language and document.
globalThis.navigator ??= { languages: ["en"] };
globalThis.document ??= { documentElement: {}, dispatchEvent() {} };

const { inWords, needWords, Problem, problemFrom, speak } = await bundled("api/problem.ts", 'export { needWords, speak } from "../words/language.ts";');
await speak("en");
await needWords(["frame"]);
const frame = readCatalog(catalogs, "en");

const answered = (status, body, headers = {}) => problemFrom(new Response(body, { status, headers }));
const repository = join(catalogs, "../..");

function refusals() {
  const files = ["functions", "shared"].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true }).filter((name) => name.endsWith(".py")).map((name) => join(repository, folder, name)));
  return new Set(files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^ +"?code"?(?: =|:) "([a-z_]+)"/gm)].map(([, code]) => code)));
}

test("whatever the API refuses, there are words for it in every language", () => {
  const codes = refusals();
  assert.ok(codes.has("slot_taken") && codes.has("fault") && codes.size > 15, [...codes].join());
  for (const language of languagesIn(catalogs)) {
    const words = readCatalog(catalogs, language);
    assert.deepEqual([...codes].filter((code) => code !== "refused" && !words[`problem.${code}`]), [], language);
  }
});

test("a problem of the API is told by its code", async () => {
  const problem = await answered(409, JSON.stringify({ code: "slot_taken", field: "body.start", next_slots: [] }));
  assert.deepEqual([problem.code, problem.status, problem.field], ["slot_taken", 409, "start"]);
  assert.equal(inWords(problem), frame["problem.slot_taken"]);
});

test("API Gateway's own answers are told by their status", async () => {
  const said = { 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 503: "Service Unavailable" };
  const codes = { 401: "sign_in_required", 403: "not_allowed", 404: "not_found", 429: "too_many", 503: "unavailable" };
  for (const [status, message] of Object.entries(said)) {
    const problem = await answered(Number(status), JSON.stringify({ message }));
    assert.equal(problem.code, codes[status]);
    assert.ok(inWords(problem), status);
    assert.notEqual(inWords(problem), frame["problem.unknown"], status);
  }
});

test("a code that is newer than the page is told by its status", async () => {
  assert.equal(inWords(await answered(409, JSON.stringify({ code: "never_heard_of" }))), frame["problem.conflict"]);
});

test("an answer that is no JSON at all is told by its status", async () => {
  assert.equal(inWords(await answered(502, "<html>")), frame["problem.unavailable"]);
});

test("how long to wait is said in minutes", async () => {
  assert.match(inWords(await answered(429, "{}", { "retry-after": "150" })), /3 minutes/);
});

test("what is no problem of the API has words too", () => {
  assert.equal(inWords(new TypeError("a mistake of ours")), frame["problem.unknown"]);
  assert.equal(inWords(new Problem("no_such_code")), frame["problem.unknown"]);
});
