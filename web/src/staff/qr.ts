/** A QR code as the path of an SVG, one unit per module. In a chunk of its own: few people ever see one. */

import { encode } from "uqr";

export interface QrCode {
  readonly size: number;
  readonly path: string;
}

export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return { size, path };
}
