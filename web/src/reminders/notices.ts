/** What somebody was told, as the API says it. */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";

export type NoticeKind =
  | "reminder" | "booked" | "moved" | "cancelled" | "late" | "waiting" | "missed" | "unattended" | "offer" | "gathering" | "gathering_cancelled";

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  /** The appointment, offer or date it is about; `room` is that of a date. */
  readonly of: string;
  readonly room: string;
  readonly at: string;
  readonly start: string;
  readonly minutes: number;
  /** So many more of its series changed with it. */
  readonly more: number;
  readonly until: string | null;
  readonly own: boolean;
  readonly unread: boolean;
}
export interface Notices {
  readonly notices: readonly Notice[];
  readonly unread: number;
}
export type Side = "" | "/staff";

/** The side of the site that an address is on. */
export function sideOf(path: string): Side {
  return path === "/staff" || path.startsWith("/staff/") ? "/staff" : "";
}

/** Where a notice leads. */
export function leadsTo({ kind, of, room }: Pick<Notice, "kind" | "of" | "room">, side: Side): string {
  if (room) return `${side}/rooms/${room}`;
  return `${side}/${kind === "offer" ? "offers" : "appointments"}/${of}`;
}

export function ask(side: Side): Promise<Notices> {
  return call<Notices>("GET", `/api${side}/notices`);
}

/** All that is shown has been read: up to the latest. */
export async function markRead({ notices: [latest] }: Notices, side: Side): Promise<void> {
  if (latest) await call("PUT", `/api${side}/notices/read`, { body: { until: latest.at }, intent: new Intent() });
}
