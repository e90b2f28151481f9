/**
 * SHA-256 (FIPS 180-4) of many messages that begin alike. The browser's own is asynchronous: calling it sixty thousand
 * times costs a cheap phone minutes. Here the common beginning is digested once.
 */

const ROUNDS = new Int32Array(64);
const START = new Int32Array(8);
fillConstants();

const schedule = new Int32Array(64);

/** Answers a function that digests `beginning` + its argument to lower-case hex. Both are ASCII. */
export function digestsBeginningWith(beginning: string): (ending: string) => string {
  const whole = beginning.length - (beginning.length % 64);
  const midway = START.slice();
  const first = bytesOf(beginning.slice(0, whole));
  for (let at = 0; at < whole; at += 64) compress(midway, first, at);
  const rest = beginning.slice(whole);
  return (ending) => finish(midway.slice(), rest + ending, beginning.length + ending.length);
}

function finish(state: Int32Array, text: string, length: number): string {
  const block = new Uint8Array(Math.ceil((text.length + 9) / 64) * 64);
  block.set(bytesOf(text));
  block[text.length] = 0x80;
  new DataView(block.buffer).setUint32(block.length - 4, length * 8);
  for (let at = 0; at < block.length; at += 64) compress(state, block, at);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function compress(state: Int32Array, bytes: Uint8Array, from: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i++) {
    const at = from + i * 4;
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const early = w[i - 15]!;
    const late = w[i - 2]!;
    w[i] = (w[i - 16]! + w[i - 7]! + (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i]! + word) | 0));
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function bytesOf(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (sign) => sign.charCodeAt(0));
}

/** The fractional parts of the square and cube roots of the first primes, as the standard defines them. */
function fillConstants(): void {
  const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(candidate));
    ROUNDS[found++] = fraction(Math.cbrt(candidate));
  }
}
