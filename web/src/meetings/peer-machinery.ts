/** What a peer call needs of the browser. */

import { type Later, later } from "../api/timers.ts";
import { PeerSound, type Sound } from "./peer-sound.ts";

export interface Machinery {
  readonly later: Later;
  /** Milliseconds since 1970 that never go back. */
  now(): number;
  connection(settings: RTCConfiguration): RTCPeerConnection;
  /** Something to hear somebody with; says when it is blocked, or no longer. */
  sound(changed: () => void): Sound;
  /** Tells when the network may be another (`all`), or the page was asleep. The answer ends it. */
  woken(listener: (all: boolean) => void): () => void;
}

type Network = (EventTarget & { readonly type?: string }) | undefined;

export const machinery: Machinery = {
  later,
  now: () => performance.timeOrigin + performance.now(),
  connection: (settings) => new RTCPeerConnection(settings),
  sound: (changed) => new PeerSound(changed),
  woken(listener) {
    const moved = () => listener(true);
    const shown = () => document.visibilityState === "visible" && listener(false);
    const network = (navigator as Navigator & { connection?: Network }).connection;
    let kind = network?.type;
    // It also changes with every guess at the speed.
    const switched = () => {
      if (network?.type === kind) return;
      kind = network?.type;
      moved();
    };
    addEventListener("online", moved);
    network?.addEventListener("change", switched);
    document.addEventListener("visibilitychange", shown);
    return () => {
      removeEventListener("online", moved);
      network?.removeEventListener("change", switched);
      document.removeEventListener("visibilitychange", shown);
    };
  },
};
