/** What the staff's API sends about rooms beyond what members get, in its own field names. */

import type { Absence, Audience, Decision, HeldFor, Membership, Role, Room, RoomCard, RoomMode, Step } from "../../rooms/types.ts";

export const ENTRIES = ["open", "request", "invitation"] as const satisfies readonly RoomCard["entry"][];
export const WITHOUT_COVER = ["slow", "resting"] as const satisfies readonly RoomMode["mode"][];
export const STEPS = ["remind", "slow", "mute", "suspend", "remove", "lift"] as const satisfies readonly Step[];

/** What a facilitator decides about a room. */
export interface RoomRules extends Pick<Room, "name" | "about" | "topics" | "language" | "tags" | "entry" | "guidelines" | "capacity" | "retention_days" | "slow_seconds"> {
  readonly audience: Audience;
  readonly premoderate_first: number;
  readonly newcomer_wait_minutes: number;
}

interface OfStaff {
  readonly version: number;
  /** How much waits for a facilitator. */
  readonly waiting: number;
  readonly premoderate_first: number;
  readonly newcomer_wait_minutes: number;
  readonly facilitator_ids: readonly string[];
  /** Whether there is a link that lets people in. */
  readonly invitation: boolean;
  /** When something last happened in it. */
  readonly active_at: string;
}
export type StaffRoom = RoomCard & OfStaff;
export type StaffRoomDetail = Room & OfStaff;

/** A person in a room, by the name they have there; and a colleague, by theirs. */
export interface Handled {
  readonly id: string;
  readonly handle: string;
}
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

export interface RoomMember extends Handled {
  readonly role: Role;
  readonly status: Membership["status"];
  readonly joined_at: string | null;
  readonly posts: number;
  readonly muted_until: string | null;
  readonly slow_until: string | null;
  readonly suspended_until: string | null;
  readonly decisions: number;
  readonly last_posted_at: string | null;
  readonly needs_a_word: boolean;
  readonly note: string;
}

export interface LoggedDecision extends Decision {
  readonly member: Handled;
  readonly by_name: string;
}

export interface QueueItem {
  readonly id: string;
  readonly room_id: string;
  readonly room_name: string;
  readonly kind: "held" | "report" | "request" | "appeal";
  readonly at: string;
  readonly member: Handled | null;
  readonly seq: number | null;
  readonly text: string;
  /** Of reports: the reasons that were given, with commas between them. */
  readonly reason: string;
  readonly note: string;
  readonly held_for: HeldFor | null;
  readonly reports: number;
}

export interface Pulse {
  readonly room_id: string;
  readonly name: string;
  readonly mode: RoomMode;
  readonly members: number;
  readonly here: number;
  readonly messages_today: number;
  readonly last_posted_at: string | null;
  readonly waiting: number;
}

export interface WordNeeded {
  readonly room_id: string;
  readonly room_name: string;
  readonly member: Handled;
  readonly why: "quiet_after_concern" | "many_reports" | "first_messages";
}

export interface Queue {
  readonly items: readonly QueueItem[];
  readonly rooms: readonly Pulse[];
  readonly words: readonly WordNeeded[];
}

export interface Concern {
  readonly id: string;
  readonly level: "concern" | "urgent";
  readonly room_id: string;
  readonly room_name: string;
  readonly member: Handled;
  /** The message that gave rise to it; 0 when somebody on the staff raised it. */
  readonly seq: number;
  /** Who raised it, if a person did, and what worries them. */
  readonly raised_by: string;
  readonly raised_note: string;
  readonly raised_at: string;
  readonly status: "raised" | "acknowledged" | "escalated" | "resolved";
  readonly acknowledged_by: string;
  readonly acknowledged_at: string | null;
  readonly version: number;
}

/** On the clock of the rota's zone; an end at midnight is "24:00", and a shift over midnight ends before it starts. */
export interface Shift {
  readonly id: string;
  readonly facilitator_id: string;
  readonly weekday: number;
  readonly start: string;
  readonly end: string;
}

/** One time that a shift comes round. Without a facilitator: whoever should come has said that they can't. */
export interface Cover {
  readonly start: string;
  readonly end: string;
  readonly facilitator_id: string;
  readonly facilitator_name: string;
  readonly shift_id: string;
  readonly on: string;
  readonly offered: boolean;
  readonly mine: boolean;
}

export interface Rota {
  readonly zone: string;
  readonly without_cover: (typeof WITHOUT_COVER)[number];
  readonly shifts: readonly Shift[];
  readonly version: number;
  readonly mode: RoomMode;
  readonly ahead: readonly Cover[];
}

export interface Phrase {
  readonly text: string;
  readonly action: "concern" | "urgent" | "hold" | "fold";
  readonly held_for: "methods" | "contact" | "words" | null;
}

export interface PhraseList {
  readonly language: string;
  readonly phrases: readonly Phrase[];
  readonly version: number;
}

export interface Desk {
  readonly reply_within_hours: number;
  readonly absence: Absence | null;
  readonly version: number;
}
