/** The quarter of an hour after a conversation, in the quarters that a calendar is made of. */

const QUARTER_MS = 15 * 60_000;

export interface Stretch {
  readonly start: string;
  readonly end: string;
}

/** From now, or from the end of an appointment that still goes on, for a quarter of an hour at least. */
export function breakAfter(end: string, now: number): Stretch {
  const from = Math.max(now, Date.parse(end));
  return { start: written(Math.floor(from / QUARTER_MS) * QUARTER_MS), end: written(Math.ceil((from + QUARTER_MS) / QUARTER_MS) * QUARTER_MS) };
}

/** The same without its first quarter, which the appointment itself takes; null when nothing is left: then it is free already. */
export function later({ start, end }: Stretch): Stretch | null {
  const next = written(Date.parse(start) + QUARTER_MS);
  return next < end ? { start: next, end } : null;
}

function written(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
