import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { bundled, catalogs } from "./bundled.mjs";

const { HUES, pattern } = await bundled("rooms/avatar.ts");
const styles = join(catalogs, "../styles");

test("a member has the same picture every time, and looks the same in a mirror", () => {
  assert.deepEqual(pattern("01HX"), pattern("01HX"));
  const { cells } = pattern("01HX");
  const there = new Set(cells.map(String));
  for (const [x, y] of cells) assert.ok(there.has(String([4 - x, y])));
});

test("ids that hardly differ have pictures that do", () => {
  const seen = new Set();
  for (let n = 0; n < 200; n += 1) {
    const { hue, cells } = pattern(`member-${n}`);
    assert.ok(hue >= 0 && hue < HUES);
    seen.add(`${hue} ${cells.join(" ")}`);
  }
  assert.ok(seen.size >= 198, `${seen.size} of 200`);
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
const tokens = (css) => Object.fromEntries([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));

test("every hue stands out from its ground by 3:1, by day and by night", () => {
  const [day, night] = ["rooms.css", "site/tokens.css"]
    .map((file) => readFileSync(join(styles, file), "utf8").split("prefers-color-scheme: dark"))
    .reduce(([day, night], [light, dark]) => [{ ...day, ...tokens(light) }, { ...night, ...tokens(dark) }], [{}, {}]);
  for (const colors of [day, night]) {
    for (let hue = 0; hue < HUES; hue += 1) {
      const ratio = contrast(colors[`hue-${hue}`], colors.sunk);
      assert.ok(ratio >= 3, `hue ${hue} on ${colors.sunk}: ${ratio.toFixed(2)}`);
    }
  }
});
