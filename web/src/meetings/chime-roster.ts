/**
 * Who is in an Amazon Chime meeting, by seat. Amazon counts attendees: one for each seat, whose ExternalUserId is the id of
 * the seat, and one more for a screen, named `<attendee>#content`. Pure bookkeeping: every method says whether anything changed.
 */

import type { Other } from "./call.ts";
import { qualityOf } from "./chime-status.ts";
import type { Seat } from "./types.ts";

export type What = "face" | "screen";

/** What is read of the SDK's VideoTileState. */
export interface Tile {
  readonly tileId: number | null;
  readonly localTile: boolean;
  readonly paused: boolean;
  readonly boundAttendeeId: string | null;
  readonly boundExternalUserId: string | null;
  readonly boundVideoStream: object | null;
}

interface Picture {
  readonly tile: number;
  readonly seat: string;
  readonly what: What;
  readonly coming: boolean;
}

interface Person {
  attendee: string;
  here: boolean;
  muted: boolean;
  signal: number;
}

const CONTENT = "#content";

export class Roster {
  #known = new Set<string>();
  readonly #people = new Map<string, Person>();
  readonly #pictures = new Map<number, Picture>();

  constructor(private readonly you: string) {}

  know(seats: readonly Seat[]): boolean {
    const known = new Set(seats.filter(({ in_call, id }) => in_call && id !== this.you).map(({ id }) => id));
    const changed = known.size !== this.#known.size || [...known].some((id) => !this.#known.has(id));
    this.#known = known;
    return changed;
  }

  /** Screens come and go as pictures do, so their attendees do not count here. */
  came(attendee: string, seat: string): boolean {
    if (isScreen(attendee) || seat === this.you) return false;
    const before = this.#people.get(seat);
    if (before?.attendee === attendee && before.here) return false;
    this.#people.set(seat, { attendee, here: true, muted: false, signal: 1 });
    return true;
  }

  /** Who came again as another attendee is still here when the first one goes. */
  went(attendee: string): boolean {
    const person = this.#person(attendee);
    if (!person?.here) return false;
    person.here = false;
    return true;
  }

  /** null where nothing is said. */
  heard(attendee: string, muted: boolean | null, signal: number | null): boolean {
    const person = this.#person(attendee);
    if (!person) return false;
    const before = { ...person };
    person.muted = muted ?? person.muted;
    person.signal = signal ?? person.signal;
    return person.muted !== before.muted || qualityOf(person.signal) !== qualityOf(before.signal);
  }

  saw(tile: Tile): boolean {
    const { tileId, localTile, paused, boundAttendeeId, boundVideoStream } = tile;
    if (tileId === null || localTile || !boundAttendeeId) return false;
    const seat = this.#seatOf(boundAttendeeId, tile.boundExternalUserId);
    if (!seat || seat === this.you) return false;
    const before = this.#pictures.get(tileId);
    const picture: Picture = { tile: tileId, seat, what: isScreen(boundAttendeeId) ? "screen" : "face", coming: boundVideoStream !== null && !paused };
    this.#pictures.set(tileId, picture);
    return before?.seat !== seat || before.what !== picture.what || before.coming !== picture.coming;
  }

  sawLast(tileId: number): boolean {
    return this.#pictures.delete(tileId);
  }

  /** The SDK's number of a picture. The newest: after a reconnection the old one may go later than the new one comes. */
  tileOf(seat: string, what: What): number | null {
    return this.#newest(seat, what)?.tile ?? null;
  }

  placeOf(tileId: number | null): { readonly tile: number; readonly seat: string; readonly what: What } | undefined {
    return tileId === null ? undefined : this.#pictures.get(tileId);
  }

  /** Those the meeting knows of. A screen or a face is there while its picture comes: not when it is held back to save data. */
  others(silent: boolean): ReadonlyMap<string, Other> {
    return new Map([...this.#known].map((seat) => [seat, this.#other(seat, silent)]));
  }

  #other(seat: string, silent: boolean): Other {
    const person = this.#people.get(seat);
    const here = person?.here ?? false;
    const microphone = here && !person?.muted;
    return {
      microphone,
      camera: this.#newest(seat, "face")?.coming ?? false,
      screen: this.#newest(seat, "screen")?.coming ?? false,
      quality: person ? (here ? qualityOf(person.signal) : "lost") : "connecting",
      silent: silent && microphone,
    };
  }

  #newest(seat: string, what: What): Picture | undefined {
    return [...this.#pictures.values()].filter((picture) => picture.seat === seat && picture.what === what).sort((one, other) => other.tile - one.tile)[0];
  }

  #person(attendee: string): Person | undefined {
    return [...this.#people.values()].find((person) => person.attendee === attendee);
  }

  #seatOf(attendee: string, external: string | null): string | null {
    const base = attendee.replace(CONTENT, "");
    const [seat] = [...this.#people].find(([, person]) => person.attendee === base) ?? [];
    return seat ?? external?.replace(CONTENT, "") ?? null;
  }
}

export function isScreen(attendee: string): boolean {
  return attendee.endsWith(CONTENT);
}
