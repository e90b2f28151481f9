/** The messages of a room as they stand on the page: by day, with a line where the new ones begin. Pure. */

import type { Unsent } from "./outbox.ts";
import type { Message } from "./types.ts";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "message"; readonly key: string; readonly message: Message }
  | { readonly kind: "unsent"; readonly key: string; readonly unsent: Unsent };

/** `readUpTo` is what had been seen when the room was opened; `dayOf` gives the date of an instant where the reader is. */
export function rows(messages: readonly Message[], unsent: readonly Unsent[], readUpTo: number, dayOf: (instant: string) => string): Row[] {
  const sent = new Set(messages.filter(({ mine }) => mine).map(({ client_id }) => client_id));
  const firstNew = messages.find(({ seq, mine }) => seq > readUpTo && !mine)?.seq;
  const found: Row[] = [];
  let day = "";
  const onDay = (at: string): void => {
    if (dayOf(at) === day) return;
    day = dayOf(at);
    found.push({ kind: "day", key: `day ${day}`, at });
  };
  for (const message of messages) {
    onDay(message.posted_at);
    if (message.seq === firstNew) found.push({ kind: "new", key: "new" });
    found.push({ kind: "message", key: `message ${message.seq}`, message });
  }
  for (const one of unsent) {
    if (!sent.has(one.client_id)) found.push({ kind: "unsent", key: `unsent ${one.client_id}`, unsent: one });
  }
  return found;
}
