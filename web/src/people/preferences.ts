/** Zone and language of the account. */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { member } from "../api/sign-in.ts";
import type { Person } from "../api/types.ts";
import { zoneHere } from "../time/zones.ts";

const intent = new Intent();

/** The zone in which the person reads times: the account's, else the device's. */
export function ownZone(): string {
  return member.person?.zone ?? zoneHere();
}

export async function prefer(change: { zone: string } | { language: string }): Promise<void> {
  member.update(await call<Person>("PATCH", "/api/me", { body: change, intent }));
}
