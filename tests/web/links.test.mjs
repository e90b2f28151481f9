import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { pieces } = await bundled("rooms/links.ts");
const links = (text) => pieces(text).filter((piece) => typeof piece !== "string").map(({ href }) => href);
const whole = (text) => pieces(text).map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");

test("addresses become links, and the words around them stay words", () => {
  assert.deepEqual(pieces("see https://example.org/a?b=1#c now"), [
    "see ", { text: "https://example.org/a?b=1#c", href: "https://example.org/a?b=1#c" }, " now"]);
});

test("the sentence keeps its own marks and brackets", () => {
  assert.deepEqual(links("Look (https://example.org/a), or https://example.org/b."), ["https://example.org/a", "https://example.org/b"]);
  assert.deepEqual(links("https://en.wikipedia.org/wiki/Grief_(emotion)"), ["https://en.wikipedia.org/wiki/Grief_(emotion)"]);
  assert.deepEqual(links("[[(https://example.org/x)]]"), ["https://example.org/x"]);
  assert.deepEqual(links("انظر https://example.org/a، ثم"), ["https://example.org/a"]);
});

const NO_LINKS = [
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
  "//example.org", "www.example.org", "ftp://example.org", "https://", "http://", "https://%", "https:///",
  "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "<a href=x>https://</a>",
  "https://bank.example@evil.example/", "https://user:pass@evil.example/",
  "https://example.org/\u202Egpj.exe", "https://exa\u200Bmple.org/", "https://\u2066example.org\u2069/", "https://example.org/\u00ADx",
  "https://аррӏе.com/", "https://xn--80ak6aa92e.com/",
];

test("whatever is no plain address of the web becomes no link", () => {
  for (const text of NO_LINKS) assert.deepEqual(links(text), [], JSON.stringify(text));
});

test("markup stays text, and no link leads out of its address", () => {
  for (const text of [
    `<img src=x onerror=alert(1)>`, `https://example.org/"onmouseover="alert(1)`, `https://example.org/'><script>`, "https://example.org/<b>", "https://example.org/`x`",
    "((((https://example.org/((((", "https://example.org/javascript:alert(1)", "blob:https://example.org/1",
  ]) {
    assert.equal(whole(text), text);
    for (const href of links(text)) {
      const { protocol, host } = new URL(href);
      assert.deepEqual([protocol, host], ["https:", "example.org"], text);
      assert.doesNotMatch(href, /["'<>`\s]/);
    }
  }
});

test("nothing of the text is lost or doubled", () => {
  for (const text of [...NO_LINKS, "a https://b.example/, https://c.example/). d", "", " ", "https://a.example https://b.example"]) assert.equal(whole(text), text);
});

test("the time it takes grows with the text and no faster", { timeout: 20_000 }, () => {
  const text = `https://example.org/${")".repeat(500_000)}`;
  assert.equal(whole(text), text);
  assert.deepEqual(links(text), ["https://example.org/"]);
});
