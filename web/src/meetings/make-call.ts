/** Loads what carries a call, when there is one: who never calls pays nothing, and Chime's client weighs a lot. */

import type { MakeCall } from "./line.ts";

/**
 * `hidesAddress` says whether the person wants to go through the organisation's server only. Where that can't be had, nobody is
 * reached: they are not connected directly without having been asked.
 */
export function makeCall(hidesAddress: () => boolean): MakeCall {
  return async (ticket, attendance, media) => {
    const { you } = attendance;
    if (!you) throw new Error("there is no seat to call from");
    if (ticket.provider === "chime") {
      const { ChimeCall } = await import("./chime-call.ts");
      return new ChimeCall({ ticket, media, you: you.id });
    }
    const { PeerCall } = await import("./peer-call.ts");
    return new PeerCall({ you, ticket, media, hideAddress: hidesAddress(), signals: attendance });
  };
}
