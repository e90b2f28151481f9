import assert from "node:assert/strict";
import test from "node:test";
import { readCatalog } from "../../web/builder/catalogs.mjs";
import { bundled, catalogs } from "./bundled.mjs";

const { front } = await bundled("home/front.ts");
const words = readCatalog(catalogs, "en");

const plain = (strings, ...values) => strings.reduce((soFar, next, at) => soFar + [values[at - 1]].flat().join("") + next);
const ways = (reader) => [...front(plain, (key) => words[key], "en", reader).matchAll(/class="button[^"]*" href="([^"]*)">([^<]*)</g)].map(([, to, label]) => [to, label]);

test("a stranger is offered an account, and nobody who is signed in is", () => {
  assert.deepEqual(ways("stranger"), [["/register", "Create an account"], ["/sign-in", "I have an account"]]);
  for (const reader of ["client", "counselor", "other staff"]) assert.doesNotMatch(JSON.stringify(ways(reader)), /account/, reader);
});

test("whoever is signed in is offered what they come for", () => {
  assert.deepEqual(ways("client"), [["/counselors", "Find a counselor"], ["/appointments", "My appointments"]]);
  assert.deepEqual(ways("counselor"), [["/staff", "Open your agenda"]]);
  assert.deepEqual(ways("other staff"), [["/staff", "Open the staff pages"]]);
});
