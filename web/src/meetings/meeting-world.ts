/** The world of a meeting in a browser: the API and the socket. */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { liveOf } from "../api/live-here.ts";
import { later } from "../api/timers.ts";
import type { MeetingWorld } from "./attendance.ts";
import { SignalsOut } from "./signals-out.ts";

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
