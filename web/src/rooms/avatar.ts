/** A picture for a member of a room, made from their member id alone: the same everywhere in the room, another in the next. */

import { svg, html, type TemplateResult } from "lit";

export const HUES = 8;
const ROWS = 5;
const COLUMNS = 3; // the rest is mirrored

/** Which of the hues, and which cells of the grid are filled. */
export function pattern(memberId: string): { hue: number; cells: readonly (readonly [x: number, y: number])[] } {
  const bits = hashed(memberId);
  const cells: [number, number][] = [];
  for (let at = 0; at < ROWS * COLUMNS; at += 1) {
    if (!((bits >>> at) & 1)) continue;
    const [x, y] = [at % COLUMNS, Math.floor(at / COLUMNS)];
    cells.push([x, y]);
    if (x < COLUMNS - 1) cells.push([ROWS - 1 - x, y]);
  }
  return { hue: bits >>> 29, cells: cells.length ? cells : [[2, 2]] };
}

export function avatar(memberId: string): TemplateResult {
  const { hue, cells } = pattern(memberId);
  return html`<svg class="avatar hue-${hue}" viewBox="0 0 7 7" aria-hidden="true" focusable="false">
    <rect class="avatar-ground" width="7" height="7" rx="1.5" />
    ${cells.map(([x, y]) => svg`<rect class="avatar-cell" x=${x + 1} y=${y + 1} width="1.02" height="1.02" />`)}
  </svg>`;
}

/** FNV-1a, then mixed so that ids which differ in one letter differ in every bit. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
