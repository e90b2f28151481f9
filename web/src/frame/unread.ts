/** How many new messages wait, for the header. Asked for when somebody signs in and, at most now and then, as they go about. */

import { call } from "../api/call.ts";
import { member } from "../api/sign-in.ts";

interface Joined {
  readonly kind: "group" | "direct";
  readonly membership: { readonly status: string; readonly unread: number } | null;
}

const STALE_MS = 60_000;

/** Fires "change" when the numbers are others. */
export class Unread extends EventTarget {
  /** By the address that leads there. */
  counts: Readonly<Record<string, number>> = {};
  #askedAt = -Infinity;

  constructor() {
    super();
    member.addEventListener("change", () => {
      if (!member.person) this.#set({});
      else void this.look();
    });
  }

  /** Asks, unless it did a moment ago. */
  async look(): Promise<void> {
    if (performance.now() - this.#askedAt > STALE_MS) await this.refresh();
  }

  /** A failure only means that the header says nothing new. */
  async refresh(): Promise<void> {
    if (!member.person) return;
    this.#askedAt = performance.now();
    const { rooms } = await call<{ rooms: Joined[] }>("GET", "/api/memberships").catch(() => ({ rooms: [] }));
    const of = (wanted: string): number => rooms.reduce((sum, { kind, membership }) => sum + (kind === wanted && membership?.status === "joined" ? membership.unread : 0), 0);
    this.#set({ "/rooms": of("group"), "/messages": of("direct") });
  }

  #set(counts: Readonly<Record<string, number>>): void {
    this.counts = counts;
    this.dispatchEvent(new Event("change"));
  }
}

export const unread = new Unread();
