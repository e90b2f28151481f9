import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { catalogs } from "./bundled.mjs";

const statics = join(catalogs, "../static");
const manifest = JSON.parse(readFileSync(join(statics, "manifest.webmanifest"), "utf8"));

test("an icon on a home screen does not tell what it is for", () => {
  for (const name of [manifest.name, manifest.short_name]) assert.equal(name, "Hearth");
  assert.equal(manifest.description, undefined);
});

test("opened from a home screen it is a page of the browser, which can be left like any other", () => {
  assert.equal(manifest.display, "browser");
});

test("every icon the manifest names is there", () => {
  for (const { src } of manifest.icons) assert.ok(existsSync(join(statics, src)), src);
});
