import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { differences, languagesIn, readCatalog } from "../../web/builder/catalogs.mjs";
import { bundled, catalogs } from "./bundled.mjs";

const { say } = await bundled("words/message.ts");

test("every language has the same messages with the same placeholders", () => {
  assert.deepEqual(differences(catalogs), []);
});

test("no message is empty in any language", () => {
  for (const language of languagesIn(catalogs)) {
    for (const [key, entry] of Object.entries(readCatalog(catalogs, language))) {
      for (const sentence of typeof entry === "string" ? [entry] : Object.values(entry)) assert.ok(sentence.trim(), `${language} ${key}`);
    }
  }
});

test("a missing message, a lost placeholder and a missing plural form are each named", () => {
  const copy = join(mkdtempSync(join(tmpdir(), "catalogs-")), "catalogs");
  cpSync(catalogs, copy, { recursive: true });
  const file = join(copy, "ar", "frame.json");
  const words = JSON.parse(readFileSync(file, "utf8"));
  delete words["skip"];
  words["footer.contact"] = "?";
  delete words["problem.too_many"].two;
  writeFileSync(file, JSON.stringify(words));
  const found = differences(copy).join("\n");
  assert.match(found, /"skip" is missing/);
  assert.match(found, /"footer.contact" has other placeholders/);
  assert.match(found, /"problem.too_many" lacks the plural form "two"/);
});

test("the number decides the form, as the language counts", () => {
  const codes = readCatalog(catalogs, "ar")["account.codes.left"];
  const forms = [0, 1, 2, 3, 11].map((count) => say("ar", codes, { count }));
  assert.equal(new Set(forms).size, 5);
  assert.equal(say("en", { one: "{count} code", other: "{count} codes" }, { count: 1 }), "1 code");
});
