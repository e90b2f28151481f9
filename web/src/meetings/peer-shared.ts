/** What all connections of a call share. */

import type { Later } from "../api/timers.ts";
import type { Tracks } from "./senders.ts";
import type { Signal } from "./types.ts";

export interface Shared {
  readonly later: Later;
  /** Milliseconds since 1970, never going back. */
  now(): number;
  connection(): RTCPeerConnection;
  servers(): RTCIceServer[];
  ownNumber(): number;
  tracks(): Tracks;
  state(): NonNullable<Signal["state"]>;
  saving(): boolean;
  send(to: string, body: Signal): void;
  changed(): void;
}
