/** Telephone numbers and codes, as people write, read and dial them. Pure. */

/** Calling codes of the countries that can be called from here (ITU-T E.164). */
const CODES = ["1", "44", "353", "61", "64", "34", "52"] as const;
/** In these countries a number with ten digits needs no more to be dialled. */
const NORTH_AMERICA: ReadonlySet<string> = new Set(["US", "CA"]);

/** A number with its country code, in groups: "+1 206 555 0100", "+44 207 946 0000". */
export function inGroups(number: string): string {
  const code = CODES.find((one) => number.startsWith(`+${one}`));
  if (!code) return `+${groups(number.slice(1)).join(" ")}`;
  return [`+${code}`, ...groups(number.slice(1 + code.length))].join(" ");
}

/** A code in halves: "1234 5678". */
export function inHalves(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`.trim();
}

/** What is read out of a number or a code: digit by digit, with a pause between groups. */
export function aloud(grouped: string): string {
  return grouped.split(" ").map((group) => [...group].join(" ")).join(", ");
}

/** An address that calls a number, and sends a code once somebody answers: two commas are a pause of some seconds. */
export function dialAddress(number: string, code: string): string {
  return `tel:${number},,${code}%23`;
}

/**
 * What somebody typed, as a number with its country code; null when it can be none (E.164: eight to fifteen digits). Where the
 * organisation works in the United States and Canada alone, ten digits are one of their numbers.
 */
export function wholeNumber(typed: string, countries: readonly string[]): string | null {
  const digits = typed.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[\s().\-\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/^00/, "+");
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return digits;
  const atHome = countries.length > 0 && countries.every((country) => NORTH_AMERICA.has(country));
  return atHome && /^1?[2-9]\d{9}$/.test(digits) ? `+1${digits.slice(-10)}` : null;
}

/** In threes, and what is left over with the last: nobody reads out a single digit. */
function groups(digits: string): string[] {
  const found: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    found.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return rest ? [...found, rest] : found;
}
