/** Who comes first. Pure. */

import type { Concern, RoomMember, StaffRoom } from "./types.ts";

/** Whoever needs a word comes first, then whoever waits to be let in; the rest by their names. */
export function byNeed(members: readonly RoomMember[]): readonly RoomMember[] {
  const rank = (of: RoomMember): number => (of.needs_a_word ? 0 : of.status === "requested" ? 1 : of.status === "joined" ? 2 : 3);
  return [...members].sort((one, other) => rank(one) - rank(other) || one.handle.localeCompare(other.handle));
}

/** Urgent first, then whoever nobody looks after yet, then the oldest. */
export function byUrgency(found: readonly Concern[]): readonly Concern[] {
  const rank = ({ level, status }: Concern): number => (level === "urgent" ? 0 : 2) + (status === "acknowledged" ? 1 : 0);
  return [...found].sort((one, other) => rank(one) - rank(other) || one.raised_at.localeCompare(other.raised_at));
}

/** Whoever waits for an answer comes first, and of these who has waited longest; then the latest. */
export function byWaiting<T extends Pick<StaffRoom, "membership" | "active_at">>(rooms: readonly T[]): readonly T[] {
  const waits = ({ membership }: T): boolean => (membership?.unread ?? 0) > 0;
  return [...rooms].sort((one, other) => {
    if (waits(one) !== waits(other)) return waits(one) ? -1 : 1;
    return waits(one) ? one.active_at.localeCompare(other.active_at) : other.active_at.localeCompare(one.active_at);
  });
}
