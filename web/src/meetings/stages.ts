/** How far somebody is with a meeting, and what follows from a meeting alone. */

import type { Meeting, Mode } from "./types.ts";

export type Stage =
  | "loading"
  /** Not open yet. */
  | "early"
  | "late"
  /** Called off, or over. */
  | "off"
  /** One may come. */
  | "open"
  | "waiting" | "declined"
  /** Let in, and about to be in the call. */
  | "admitted"
  | "in"
  | "left"
  /** Somebody is in it by another device or page now. */
  | "moved"
  | "removed" | "ended";

/** Nothing goes on after these by itself. */
export type Stop = Extract<Stage, "off" | "left" | "moved" | "removed" | "ended">;

/** Whether whoever has not come yet may come at `now`. Hosts may at first after the end, too. */
export function mayCome({ opens_at, closes_at, end, you }: Meeting, now: number, hosts: boolean): Stage {
  if (opens_at && now < Date.parse(opens_at)) return "early";
  if (closes_at && now >= Date.parse(closes_at)) return "late";
  return end && !you && !hosts && now >= Date.parse(end) ? "late" : "open";
}

/** Whether the person has stepped out of the circle. */
export function isOut(meeting: Meeting | null): boolean {
  return meeting?.you != null && (meeting.circle?.stepped_out.includes(meeting.you.id) ?? false);
}

/** Whether something in the browser carries this way of taking part. */
export const carried = (mode: Mode): boolean => mode === "video" || mode === "audio";

/** Which seats are taken changes without a new version: of two of the same, the later answer counts. */
export function isOlder(one: Meeting, known: Meeting): boolean {
  return one.version < known.version || (one.version === known.version && Date.parse(one.now) < Date.parse(known.now));
}
