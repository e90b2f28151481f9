/** Loads what carries a call, when there is one: peers that never call pay nothing, and Chime's client weighs a lot. */

import type { Attendance } from "./attendance.ts";
import type { MakeCall } from "./line.ts";
import type { ChimeTicket } from "./types.ts";

/** `hidesAddress` says whether the person wants to go through the organisation's server only. */
export function makeCall(hidesAddress: () => boolean): MakeCall {
  return async (ticket, attendance, media) => {
    if (ticket.provider === "chime") return chime(ticket, attendance, media);
    const { PeerCall } = await import("./peer-call.ts");
    const you = seatOf(attendance);
    return new PeerCall({ you, ticket, media, hideAddress: hidesAddress() && ticket.relay, signals: attendance });
  };
}
