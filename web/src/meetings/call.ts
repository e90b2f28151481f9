/** A call, whatever carries it: `peer-call.ts` and `chime-call.ts` are the two there are. */

import type { ChimeTicket, PeerTicket, Seat } from "./types.ts";

export type Quality = "connecting" | "good" | "poor" | "lost";

/** What is known of somebody else in the call. */
export interface Other {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly quality: Quality;
  /** Their sound should come, and does not. */
  readonly silent: boolean;
}

/** Fires "change" whenever something here is another. */
export interface Call extends EventTarget {
  readonly state: "connecting" | "connected" | "reconnecting" | "ended";
  /** By the id of their seat. */
  readonly others: ReadonlyMap<string, Other>;
  /** Of the own line. */
  readonly quality: Quality;
  readonly canBlur: boolean;
  start(): Promise<void>;
  /** Others came, went, or came anew. `you`: the own seat, its number higher when this page joined anew. `ticket`: the newest. */
  know(others: readonly Seat[], you?: Pick<Seat, "number">, ticket?: PeerTicket | ChimeTicket): void;
  /** Shows somebody's picture in the element, or no longer. Their sound the call plays itself. */
  show(seat: string, what: "face" | "screen", element: HTMLVideoElement | null): void;
  /** Own tracks were replaced, switched on or off. */
  mediaChanged(): Promise<void>;
  share(screen: MediaStream | null): Promise<void>;
  /** Little pictures or none, in both directions. */
  saveData(on: boolean): Promise<void>;
  /** After a phone call or a headset was pulled, sound may not return by itself. */
  reconnectSound(): Promise<void>;
  blur(on: boolean): Promise<void>;
  end(): void;
}
