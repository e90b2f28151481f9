/** Rooms as the API sends them, in its own field names. Instants are UTC. `seq` counts 1, 2, 3 … in each room. */

export type ModeName = "live" | "slow" | "resting";

export interface RoomMode {
  readonly mode: ModeName;
  readonly until: string | null;
  readonly next_live_at: string | null;
}

export const AUDIENCES = ["adults", "young", "everyone"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const REACTIONS = ["heart", "hug", "strength", "same", "thanks"] as const;
export type Reaction = (typeof REACTIONS)[number];

export const REPORT_REASONS = ["unkind", "unsafe", "private", "spam", "other"] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export type Role = "member" | "facilitator" | "counselor" | "client";

/** Why the caller may not write just now: the code of the refusal they would get. */
export type PostBlock = "muted" | "suspended" | "room_resting" | "guidelines_changed" | "newcomer" | "room_closed";

export interface Membership {
  readonly status: "requested" | "joined" | "left" | "removed" | "declined";
  readonly member_id: string;
  readonly handle: string;
  readonly role: Role;
  readonly muted_until: string | null;
  readonly slow_until: string | null;
  readonly suspended_until: string | null;
  /** Of the latest decision; "" if there is none. */
  readonly reason: string;
  readonly unread: number;
  readonly read_seq: number;
  /** The edition of the guidelines that was accepted. */
  readonly guidelines_version: number;
  readonly can_post: boolean;
  readonly post_blocked: PostBlock | null;
  readonly wait_until: string | null;
}

export interface Absence {
  readonly note: string;
  readonly until: string;
}

/** A room without its guidelines, as lists show it. */
export interface RoomCard {
  readonly id: string;
  readonly kind: "group" | "direct";
  readonly name: string;
  readonly about: string;
  readonly topics: readonly string[];
  readonly language: string;
  readonly tags: readonly string[];
  readonly audience: Audience;
  readonly entry: "open" | "request" | "invitation";
  readonly capacity: number;
  readonly members: number;
  /** How many have the room open now; only where one room is asked for. */
  readonly here: number | null;
  readonly retention_days: number;
  readonly slow_seconds: number;
  readonly guidelines_version: number;
  readonly mode: RoomMode;
  readonly facilitators: readonly { readonly id: string; readonly name: string }[];
  readonly next_gathering: Gathering | null;
  readonly membership: Membership | null;
  readonly closed: boolean;
  readonly counselor: { readonly name: string; readonly reply_within_hours: number; readonly absence: Absence | null } | null;
  readonly handover: { readonly to_name: string; readonly reason: string; readonly version: number } | null;
}

export interface Room extends RoomCard {
  readonly guidelines: string;
  /** When facilitators are to be there in the next seven days: stretches without a gap. */
  readonly on_duty: readonly { readonly start: string; readonly end: string }[];
  /** A circle is on, and the reader is in the room. */
  readonly circle_on: boolean;
}

export type HeldFor = "slow" | "newcomer" | "methods" | "contact" | "words";

export interface Message {
  readonly seq: number;
  readonly kind: "message";
  readonly state: "posted" | "held" | "withdrawn" | "redacted" | "declined";
  readonly author: { readonly id: string; readonly handle: string; readonly role: Role };
  /** "" when it was withdrawn, redacted, or declined (the author still sees a declined one). */
  readonly text: string;
  readonly warning: string | null;
  readonly folded: boolean;
  readonly reply_to: number | null;
  readonly posted_at: string;
  readonly edited_at: string | null;
  readonly reactions: Readonly<Partial<Record<Reaction, number>>>;
  readonly reacted: readonly Reaction[];
  readonly mine: boolean;
  readonly client_id: string;
  readonly held_for: HeldFor | null;
  readonly replaces: number | null;
  /** Why it was redacted or declined. */
  readonly note: string;
}

export interface Hidden {
  readonly seq: number;
  readonly kind: "hidden";
}

/** Says that the message `of` is different now. */
export interface Change {
  readonly seq: number;
  readonly kind: "change";
  readonly of: number;
  readonly message: Message | Hidden;
}

export type Entry = Message | Change | Hidden;

export interface EntriesPage {
  /** Ascending. */
  readonly entries: readonly Entry[];
  /** The newest number in the room. A number that is missing on the page is gone for good. */
  readonly tail: number;
  /** Whether there is more in the direction that was asked for. */
  readonly more: boolean;
}

export interface Posted {
  readonly entry: Message;
  readonly help: "concern" | "urgent" | null;
  readonly held_for: HeldFor | null;
}

export interface Gathering {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly coming: number;
  readonly am_coming: boolean;
  readonly cancelled: boolean;
  /** Shared by those that were planned together. */
  readonly series_id: string | null;
  /** Of those who come; for facilitators only. */
  readonly handles: readonly string[];
}

export type Step = "remind" | "slow" | "mute" | "suspend" | "remove" | "lift";

export interface Decision {
  readonly id: string;
  readonly step: Step;
  readonly reason: string;
  readonly at: string;
  readonly until: string | null;
  readonly seq: number | null;
  readonly appeal: { readonly text: string; readonly at: string; readonly outcome: "upheld" | "lifted" | null } | null;
}

export interface Desk {
  readonly offers_messages: boolean;
  readonly reply_within_hours: number;
  readonly absence: Absence | null;
  readonly room_id: string | null;
}

/** What comes by the socket about one room. */
export type Frame =
  | { readonly type: "watching"; readonly room: string; readonly here: number; readonly tail: number }
  | { readonly type: "entry"; readonly room: string; readonly entry: Entry }
  | { readonly type: "hint"; readonly room: string; readonly seq: number }
  | { readonly type: "here"; readonly room: string; readonly here: number }
  | { readonly type: "typing"; readonly room: string; readonly typing: number }
  | ({ readonly type: "mode"; readonly room: string } & RoomMode)
  | { readonly type: "removed"; readonly room: string }
  | { readonly type: "standing"; readonly room: string }
  | { readonly type: "circle"; readonly room: string; readonly on: boolean };
