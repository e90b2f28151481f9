import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { cityOf, readSettings, zoneHere, zonesLike } = await bundled("time/zones.ts", 'export { readSettings } from "../frame/settings.ts";');

test("a browser that keeps its zone to itself is shown the organisation's", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({ default_zone: "Africa/Nairobi" }));
  await readSettings();
  assert.equal(zoneHere(), Intl.DateTimeFormat().resolvedOptions().timeZone);

  t.mock.method(Intl, "DateTimeFormat", () => ({ resolvedOptions: () => ({ timeZone: undefined }) }));
  assert.equal(zoneHere(), "Africa/Nairobi");
});

test("a country is found by its name, and not by another that begins alike", () => {
  assert.match(zonesLike("India", 30)[0], /^Asia\/(Calcutta|Kolkata)$/);
});

test("cities are found by the names they go by today and by those browsers still use", () => {
  for (const [typed, city] of [["kyiv", "Kyiv"], ["kolkata", "Kolkata"], ["calcutta", "Kolkata"], ["ho chi", "Ho Chi Minh"], ["nuuk", "Nuuk"], ["são pau", "Sao Paulo"]]) {
    assert.equal(cityOf(zonesLike(typed, 1)[0]), city, typed);
  }
});

test("nothing typed shows the first zones, nonsense none", () => {
  assert.equal(zonesLike("", 7).length, 7);
  assert.deepEqual(zonesLike("xyzzy", 7), []);
});
