import { settings } from "../frame/settings.ts";

/**
 * Whether one can hide the own network address in calls by this provider. null: nobody would learn it anyway. Where a relay
 * is there the question is asked in any case: what usually goes through Amazon goes directly once a month's budget is used up.
 */
export function hides(provider: string): boolean | null {
  if (settings().relay) return true;
  return provider === "peer" ? false : null;
}
