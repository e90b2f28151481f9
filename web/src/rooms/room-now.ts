/** Keeps what a page shows of a room up to date while it is open: its mode, and where the reader stands. */

import { call } from "../api/call.ts";
import { later, Timers } from "../api/timers.ts";
import type { Room, RoomMode } from "./types.ts";

const A_MOMENT_MS = 1_000;
const DAY_MS = 86_400_000;

/** The element that shows the room; it fires "room-changed" with the room as it is now. */
export interface Showing extends HTMLElement {
  readonly prefix: "/api" | "/api/staff";
  room: Room;
}

export class RoomNow {
  readonly #timers = new Timers<"over">(later);

  constructor(private readonly showing: Showing) {}

  is(room: Room): void {
    this.showing.room = room;
    this.showing.dispatchEvent(new CustomEvent<Room>("room-changed", { detail: room }));
  }

  modeIs({ mode, until, next_live_at }: RoomMode): void {
    this.is({ ...this.showing.room, mode: { mode, until, next_live_at } });
    // What may be written hangs on the mode.
    this.ask();
  }

  /** A failure leaves what is shown: writing is refused in words if it has to be. */
  ask(): void {
    const { prefix, room: { id } } = this.showing;
    void call<Room>("GET", `${prefix}/rooms/${id}`).then((room) => {
      if (this.showing.room.id === id) this.is(room);
    }).catch(() => {});
  }

  /** Asks again when something that the page says of "until" is over. */
  plan(): void {
    const { mode, membership } = this.showing.room;
    const waits = [mode.until, mode.next_live_at, membership?.wait_until].map((at) => (at ? Date.parse(at) - Date.now() : 0)).filter((ms) => ms > 0);
    if (waits.length) this.#timers.in("over", Math.min(...waits, DAY_MS) + A_MOMENT_MS, () => this.ask());
    else this.end();
  }

  end(): void {
    this.#timers.clear();
  }
}
