/** How much waits for whoever is signed in, for the header. Asked for when somebody signs in and, at most now and then, as they go about. */

import { call } from "../api/call.ts";
import { member, staff } from "../api/sign-in.ts";

interface Joined {
  readonly kind: "group" | "direct";
  readonly membership: { readonly status: string; readonly unread: number } | null;
  /** What waits for a facilitator; the staff are told. */
  readonly waiting?: number;
}
type Counts = Readonly<Record<string, number>>;

const STALE_MS = 60_000;

/** Fires "change" when the numbers are others. */
export class Unread extends EventTarget {
  /** By the address that leads there. */
  counts: Counts = {};
  #askedAt = -Infinity;

  constructor() {
    super();
    for (const signIn of [member, staff]) {
      signIn.addEventListener("change", () => {
        if (signIn.person) void this.look();
        else this.#set({});
      });
    }
  }

  /** Asks, unless it did a moment ago. */
  async look(): Promise<void> {
    if (performance.now() - this.#askedAt > STALE_MS) await this.refresh();
  }

  /** A failure only means that the header says nothing new. */
  async refresh(): Promise<void> {
    if (!member.person && !this.#looksAfterRooms) return;
    this.#askedAt = performance.now();
    const [joined, kept] = await Promise.all([member.person ? rooms("/api/memberships") : [], this.#looksAfterRooms ? rooms("/api/staff/rooms") : []]);
    this.#set({
      "/rooms": unreadIn(joined, "group"), "/messages": unreadIn(joined, "direct"),
      "/staff/messages": unreadIn(kept, "direct"), "/staff/moderation": kept.reduce((sum, { waiting = 0 }) => sum + waiting, 0),
    });
  }

  /** A page has just heard it itself. */
  note(address: string, count: number): void {
    if (this.counts[address] !== count) this.#set({ ...this.counts, [address]: count });
  }

  get #looksAfterRooms(): boolean {
    return staff.person?.roles.some((role) => role !== "admin") ?? false;
  }

  #set(counts: Counts): void {
    this.counts = counts;
    this.dispatchEvent(new Event("change"));
  }
}

async function rooms(address: string): Promise<readonly Joined[]> {
  return (await call<{ rooms: Joined[] }>("GET", address).catch(() => ({ rooms: [] }))).rooms;
}

function unreadIn(rooms: readonly Joined[], wanted: Joined["kind"]): number {
  return rooms.reduce((sum, { kind, membership }) => sum + (kind === wanted && membership?.status === "joined" ? membership.unread : 0), 0);
}

export const unread = new Unread();
