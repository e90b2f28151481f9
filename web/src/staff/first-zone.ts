/** An invitation can't know where the invited person lives: their time zone is "UTC" until a device of theirs says more. */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { staff } from "../api/sign-in.ts";
import type { StaffPerson } from "../api/types.ts";
import { zoneHere } from "../time/zones.ts";

const UNTOLD = "UTC";

/** Takes over the zone of this device. A failure is no one's trouble: the account page offers the same. */
export async function takeZoneHere(): Promise<void> {
  const zone = zoneHere();
  if (staff.person?.zone !== UNTOLD || zone === UNTOLD) return;
  await call<StaffPerson>("PATCH", "/api/staff/me", { body: { zone }, intent: new Intent() }).then((person) => staff.update(person), () => {});
}
