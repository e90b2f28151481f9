/** What the state of a room and of a person in it is called. */

import type { Decision, RoomMode } from "../../rooms/types.ts";
import { clock, dateIn, dayAndClock } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import type { RoomMember } from "./types.ts";

/** "21:00" when that is today, "Wed, 25 Nov, 21:00" otherwise. */
export function soon(instant: string, zone: string, now: number = Date.now()): string {
  return dateIn(zone, instant) === dateIn(zone, now) ? clock(instant, zone) : dayAndClock(instant, zone);
}

export function modeInWords({ mode, until, next_live_at }: RoomMode, zone: string, now: number = Date.now()): string {
  if (mode === "live") return until ? t("staff.room.live.until", { when: soon(until, zone, now) }) : t("staff.room.live");
  return next_live_at ? t(`staff.room.${mode}.until`, { when: soon(next_live_at, zone, now) }) : t(`staff.room.${mode}`);
}

/** All that holds for somebody at this moment; "Can read and write" when nothing does. Limits that are over are not told. */
export function standing(of: Pick<RoomMember, "status" | "muted_until" | "slow_until" | "suspended_until">, zone: string, now: number = Date.now()): string[] {
  if (of.status !== "joined") return [t(`staff.standing.${of.status}`)];
  const found = (["suspended", "muted", "slow"] as const).flatMap((limit) => {
    const until = of[`${limit}_until`];
    return until && Date.parse(until) > now ? [t(`staff.standing.${limit}`, { when: soon(until, zone, now) })] : [];
  });
  return found.length ? found : [t("staff.standing.joined")];
}

export function stepInWords({ step, until }: Pick<Decision, "step" | "until">, zone: string): string {
  return until ? t("staff.decision.until", { step: t(`staff.decision.${step}`), when: dayAndClock(until, zone) }) : t(`staff.decision.${step}`);
}
