/**
 * Ids of attempts to connect two seats. Each says who offers (the number of their seat) and when, in hex digits of fixed
 * width, so that of two ids the later one is the greater string: that is how a late signal of an earlier attempt is known.
 */

const NUMBER_DIGITS = 6;
const TIME_DIGITS = 12;
const RANDOM_DIGITS = 8;

/** What is said when there is no attempt yet; earlier than any. */
export const NO_CALL = "0".repeat(NUMBER_DIGITS + TIME_DIGITS + RANDOM_DIGITS);

/** `at` in whole milliseconds, later than for the attempt before. */
export function callId(number: number, at: number, random: () => number = Math.random): string {
  return hex(number, NUMBER_DIGITS) + hex(at, TIME_DIGITS) + hex(Math.floor(random() * 16 ** RANDOM_DIGITS), RANDOM_DIGITS);
}

/** The number of the seat that chose the id; NaN if it is no such id. */
export function numberIn(call: string): number {
  return /^[0-9a-f]{26}$/.test(call) ? Number.parseInt(call.slice(0, NUMBER_DIGITS), 16) : NaN;
}

const hex = (value: number, digits: number): string => Math.max(0, Math.floor(value)).toString(16).padStart(digits, "0").slice(-digits);
