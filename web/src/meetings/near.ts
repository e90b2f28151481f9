/** Whether the way to a meeting is shown: its appointment is soon, on, or over for so short that one may come again. Pure. */

import type { Appointment } from "../api/types.ts";

const BEFORE_MS = 60 * 60_000;
const AFTER_MS = 30 * 60_000;

type When = Pick<Appointment, "start" | "end" | "status">;

export function isNear({ start, end, status }: When, now = Date.now()): boolean {
  return Date.parse(start) - BEFORE_MS <= now && mayGoOn({ start, end, status }, now);
}

/** Whether it may still be held: it is to come, on, or over for so short that one may come again. */
export function mayGoOn({ end, status }: When, now = Date.now()): boolean {
  return isAhead(status) && now < Date.parse(end) + AFTER_MS;
}

/** In how many milliseconds this is another answer; Infinity when it stays. */
export function nearChangesIn(when: When, now = Date.now()): number {
  const next = [Date.parse(when.start) - BEFORE_MS, Date.parse(when.end) + AFTER_MS].find((at) => at > now);
  return next && isAhead(when.status) ? next - now : Infinity;
}

const isAhead = (status: Appointment["status"]): boolean => status === "booked" || status === "arrived";
