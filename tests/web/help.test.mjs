import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { languagesIn, readCatalog } from "../../web/builder/catalogs.mjs";
import { organisationIn } from "../../web/builder/organisation.mjs";
import { bundled, catalogs } from "./bundled.mjs";

const { documents } = await bundled("static/site.ts");
const lines = JSON.parse(readFileSync(join(catalogs, "../helplines.json"), "utf8"));
const words = Object.fromEntries(languagesIn(catalogs).map((language) => [language, readCatalog(catalogs, language)]));
const assets = { app: "/assets/app.js", ahead: ["/assets/chunk.js"], early: "/assets/early.js", styles: { site: "/assets/site.css", help: "/assets/help.css" } };
const written = documents(words, assets, lines, { name: "Riverside & Co", countries: [] });
const helpPages = Object.entries(written).filter(([name]) => name.startsWith("help"));

test("there is a help page in every language", () => {
  assert.deepEqual(helpPages.map(([name]) => name).sort(), ["help.ar.html", "help.es.html", "help.html"]);
});

test("every number of every country can be called or written to in one tap", () => {
  for (const [name, page] of helpPages) {
    for (const { country, emergency, lines: ofCountry } of lines.countries) {
      assert.ok(page.includes(`id="${country}"`), `${name}: ${country}`);
      const numbers = [...emergency.map(({ number }) => number), ...ofCountry.flatMap(({ phone }) => phone ?? [])];
      for (const number of numbers) assert.ok(page.includes(`href="tel:${number.replace(/[^\d+*]/g, "")}"`), `${name}: ${country} ${number}`);
      for (const { text } of ofCountry.filter((line) => line.text)) assert.ok(page.includes(`href="sms:${text.to}`), `${name}: ${country} ${text.to}`);
    }
  }
});

test("every country has an emergency number, and every line a source, a date and a way to reach it", () => {
  for (const { country, emergency, lines: ofCountry } of lines.countries) {
    assert.ok(emergency.length, country);
    for (const line of ofCountry) {
      assert.match(line.source, /^https?:\/\//, line.name);
      assert.match(line.checked_on, /^\d{4}-\d\d-\d\d$/, line.name);
      assert.ok(line.phone || line.text, line.name);
      assert.ok(line.hours !== "see-site" || line.web, `${line.name}: says that the hours are on a site it does not name`);
    }
  }
});

test("no message is left out of a page", () => {
  for (const [name, page] of Object.entries(written)) {
    assert.doesNotMatch(page, /<(h1|h2|h3|a|p|li|dt|dd|button|strong|span)\b[^>]*>\s*<\/\1>/, name);
    assert.doesNotMatch(page, /undefined|\[object|\{\w+\}/, name);
  }
});

test("help is whole without a script, and the page is never one that a script hides", () => {
  for (const [name, page] of helpPages) {
    assert.doesNotMatch(page, /type="module"/, name);
    assert.match(page, /data-document="help"/, name);
  }
});

test("quick exit comes first in the order of focus on every document, also without a script", () => {
  for (const [name, page] of Object.entries(written)) {
    const [first] = page.slice(page.indexOf("<body")).match(/<(a|button|input|select|textarea)\b[^>]*>/) ?? [];
    assert.match(first ?? "", /class="exit" href="https:/, name);
  }
});

test("nothing inline and nothing of anyone else is loaded", () => {
  for (const [name, page] of Object.entries(written)) {
    assert.doesNotMatch(page, /<style|style="|\son\w+="|<script>/, name);
    for (const [, address] of page.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g)) assert.match(address, /^\//, name);
  }
});

test("the countries the organisation works in come first, under a heading of their own; the others follow by name", () => {
  const page = documents(words, assets, lines, { name: "Riverside", countries: ["US", "DE"] })["help.html"];
  const sections = [...page.matchAll(/<section class="country" id="([A-Z]{2})"/g)].map(([, code]) => code);
  assert.deepEqual(sections.slice(0, 4), ["DE", "US", "AR", "AU"]);
  assert.equal(new Set(sections).size, lines.countries.length);
  const [, own] = page.match(/<h3>Where Riverside works<\/h3><ul class="country-list">(.*?)<\/ul>/) ?? [];
  assert.deepEqual([...own.matchAll(/href="#([A-Z]{2})"/g)].map(([, code]) => code), ["DE", "US"]);
});

test("a country without a known line says so and where else to look", () => {
  const page = documents(words, assets, lines, { name: "Riverside", countries: ["UG"] })["help.html"];
  const [section] = page.match(/<section class="country" id="UG".*?<\/section>/s) ?? [];
  assert.match(section, /Uganda/);
  assert.match(section, new RegExp(`${words.en["help.none"]}.*href="${lines.directory}"`, "s"));
  assert.doesNotMatch(section, /class="line emergency"/);
});

test("every document names the organisation as it writes itself", () => {
  for (const [name, page] of Object.entries(written)) {
    assert.match(page, /<title>.* – Riverside &amp; Co<\/title>/, name);
    assert.match(page.slice(page.indexOf("<footer")), /Riverside &amp; Co/, name);
  }
});

test("the build is told whose site it is, and refuses what is no country", () => {
  assert.deepEqual(organisationIn({}), { name: "Hearthline", countries: [] });
  assert.deepEqual(organisationIn({ HEARTHLINE_ORGANISATION: "Riverside", HEARTHLINE_COUNTRIES: "US, GB,US" }), { name: "Riverside", countries: ["US", "GB"] });
  assert.throws(() => organisationIn({ HEARTHLINE_COUNTRIES: "US,Britain" }), /"Britain".*US,GB/);
});
