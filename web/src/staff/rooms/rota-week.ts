/** A week of shifts, day by day, and where nobody is there. Pure. Minutes are of the day, on the clock of the rota's zone. */

import type { Cover, Shift } from "./types.ts";

export const DAY = 24 * 60;
const STEP = 5;

export interface Piece {
  readonly shift: Shift;
  readonly start: number;
  readonly end: number;
  /** Came over from the day before, or goes on into the next. */
  readonly fromBefore: boolean;
  readonly pastTheEnd: boolean;
}
export type Gap = readonly [start: number, end: number];

/** "18:05" is 1085. */
export function minutesOf(clock: string): number {
  const [hours = NaN, minutes = NaN] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export function clockOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** What of the shifts falls on a weekday, in the order of the clock. One over midnight is on both days. */
export function piecesOn(weekday: number, shifts: readonly Shift[]): readonly Piece[] {
  return shifts.flatMap((shift) => pieces(shift, weekday)).sort((one, other) => one.start - other.start || one.end - other.end);
}

function pieces(shift: Shift, weekday: number): Piece[] {
  const [start, end] = [minutesOf(shift.start), minutesOf(shift.end)];
  const over = end <= start;
  const found: Piece[] = [];
  if (over && end > 0 && weekday === (shift.weekday % 7) + 1) found.push({ shift, start: 0, end, fromBefore: true, pastTheEnd: false });
  if (weekday === shift.weekday) found.push({ shift, start, end: over ? DAY : end, fromBefore: false, pastTheEnd: over && end > 0 });
  return found;
}

/** When nobody is on shift on a weekday. */
export function uncovered(weekday: number, shifts: readonly Shift[]): readonly Gap[] {
  return between(piecesOn(weekday, shifts).map(({ start, end }) => [start, end] as const), 0, DAY);
}

/** When nobody is on shift from one instant to another. */
export function gapsAhead(covers: readonly Pick<Cover, "start" | "end">[], from: number, until: number): readonly { readonly start: string; readonly end: string }[] {
  const spans = covers.map(({ start, end }) => [Date.parse(start), Date.parse(end)] as const).sort(([one], [other]) => one - other);
  return between(spans, from, until).map(([start, end]) => ({ start: instant(start), end: instant(end) }));
}

/** What sorted spans leave open. */
function between(spans: readonly Gap[], from: number, until: number): Gap[] {
  const gaps: Gap[] = [];
  let open = from;
  for (const [start, end] of spans) {
    if (start >= until) break;
    if (start > open) gaps.push([open, start]);
    open = Math.max(open, end);
  }
  if (open < until) gaps.push([open, until]);
  return gaps;
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

/** Why a shift cannot be so: a name of what is wrong, or "". */
export function wrongWith({ start, end }: Pick<Shift, "start" | "end">): "start" | "end" | "same" | "step" | "" {
  if (!start) return "start";
  if (!end) return "end";
  if (start === end) return "same";
  return [start, end].some((clock) => minutesOf(clock) % STEP) ? "step" : "";
}
