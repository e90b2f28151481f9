/** A meeting, as the API tells of it. */

import type { Circle } from "./circle-types.ts";

export type Mode = "video" | "audio" | "phone" | "text";

export interface Seat {
  readonly id: string;
  readonly role: "client" | "counselor" | "member" | "facilitator";
  readonly name: string;
  readonly member_id: string;
  readonly status: "waiting" | "admitted" | "declined" | "removed";
  readonly mode: Mode;
  readonly present: boolean;
  readonly in_call: boolean;
  /** The order of joining the call: who comes later offers the connection. 0 is not in it. */
  readonly number: number;
  readonly arrived_at: string;
  readonly device: string;
}

export interface Meeting {
  readonly id: string;
  readonly kind: "appointment" | "circle";
  readonly of: string;
  readonly mode: Mode;
  readonly start: string | null;
  readonly end: string | null;
  readonly opens_at: string | null;
  readonly closes_at: string | null;
  /** How many minutes late the two have said they come to an appointment. */
  readonly client_delay: number | null;
  readonly counselor_delay: number | null;
  readonly now: string;
  readonly version: number;
  readonly provider: "chime" | "peer" | null;
  /** Why the call goes directly where usually it would not. */
  readonly because: "ceiling" | null;
  readonly you: Seat | null;
  readonly others: readonly Seat[];
  readonly notice: { readonly at: string; readonly expected_at: string } | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly ended_because: "ended" | "everyone_left" | "facilitator_gone" | null;
  /** In meetings of rooms only. */
  readonly circle: Circle | null;
}

export interface PeerTicket {
  readonly provider: "peer";
  readonly ice_servers: readonly { readonly urls: readonly string[]; readonly username: string; readonly credential: string }[];
  /** Whether there is a server to go through, so that one's own address can be hidden. */
  readonly relay: boolean;
}

export interface ChimeTicket {
  readonly provider: "chime";
  readonly meeting: Readonly<Record<string, unknown>>;
  readonly attendee: Readonly<Record<string, unknown>>;
}

export interface Kept {
  readonly meeting: Meeting;
  readonly call: PeerTicket | ChimeTicket | null;
}

export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
}

/** What two browsers tell each other to be connected. `call` names one attempt; the one who offers chooses it. */
export interface Signal {
  readonly kind: "offer" | "answer" | "candidates" | "again" | "restart" | "state";
  readonly call: string;
  readonly sdp?: string | null;
  readonly candidates?: readonly Candidate[] | null;
  readonly state?: { readonly microphone: boolean; readonly camera: boolean; readonly screen: boolean } | null;
}
