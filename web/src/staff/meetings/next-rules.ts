/** What is left to choose when a time was not to be had, and how a counselor is told why. */

import { Problem } from "../../api/problem.ts";
import type { Slot, Suggested } from "./types.ts";

/** The API says what is free next when a time is gone; null for other refusals. */
export function afterRefusal(refused: Problem, before: Suggested): Suggested | null {
  if (refused.code !== "slot_taken" && refused.code !== "slot_not_offered") return null;
  return { same_time: null, others: (refused.extra["next_slots"] as readonly Slot[] | undefined) ?? [], booked: before.booked };
}

/** The words of these refusals speak to clients elsewhere. */
const TO_COUNSELORS: Readonly<Record<string, string>> = { too_many_appointments: "client_has_many", slot_not_offered: "next_not_offered" };

export function explained(failure: unknown): unknown {
  const code = failure instanceof Problem ? TO_COUNSELORS[failure.code] : undefined;
  return code && failure instanceof Problem ? new Problem(code, failure.status) : failure;
}
