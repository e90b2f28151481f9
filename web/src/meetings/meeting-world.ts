/** The world of a meeting in a browser: the API and the socket. */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import type { Heard } from "../api/live.ts";
import { liveOf } from "../api/live-here.ts";
import { type Later, later } from "../api/timers.ts";
import { SignalsOut } from "./signals-out.ts";
import type { Kept, Meeting, Mode, Signal } from "./types.ts";

export interface Seating {
  readonly device: string;
  readonly mode: Mode;
}

/** What this needs of the world. */
export interface MeetingWorld {
  /** Whether the person is a host, who may come at first after the end, too. */
  readonly hosts: boolean;
  /** The meeting of an appointment or a room, also before anybody came. */
  find(): Promise<Meeting>;
  see(meeting: string): Promise<Meeting>;
  arrive(page: Seating): Promise<Meeting>;
  keep(meeting: string, page: Seating & { readonly join: boolean }): Promise<Kept>;
  /** Must get through although the page may be gone in a moment. */
  leave(meeting: string): Promise<void>;
  attend(meeting: string, listener: (frame: Heard) => void): () => void;
  signal(meeting: string, device: string, to: string, body: Signal): void;
  later: Later;
  /** Milliseconds since 1970. */
  now(): number;
}

type Prefix = "/api" | "/api/staff";

/** `occasion` is what the meeting is held for: "appointments/…" or "rooms/…". `hosts`: whether the person is a host. */
export function meetingWorld(prefix: Prefix, occasion: string, hosts = prefix === "/api/staff"): MeetingWorld {
  const place = `${prefix}/${occasion}/meeting`;
  const seat = (meeting: string) => `${prefix}/meetings/${meeting}/seat`;
  const arriving = new Intent();
  const live = liveOf(prefix);
  const now = () => Date.now();
  const signals = new SignalsOut(live, now);
  return {
    hosts,
    find: () => call("GET", place),
    see: (meeting) => call("GET", `${prefix}/meetings/${meeting}`),
    arrive: (page) => call("POST", place, { body: page, intent: arriving }),
    keep: (meeting, page) => call("PUT", seat(meeting), { body: page }),
    leave: (meeting) => call("DELETE", seat(meeting), { body: {}, keepalive: true }),
    attend: (meeting, listener) => live.attend(meeting, listener),
    signal: (meeting, device, to, body) => signals.send(meeting, device, to, body),
    later,
    now,
  };
}
