/** What the API sends, in its own field names. Instants are UTC ("2026-11-24T18:00:00Z"), zones IANA names. */

export interface Person {
  readonly id: string;
  readonly handle: string;
  readonly zone: string;
  readonly language: string;
  readonly recovery_codes_left: number;
  readonly created_at: string;
}

export interface StaffPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly ("counselor" | "facilitator" | "admin")[];
  readonly zone: string;
  readonly language: string;
  readonly second_factor: boolean;
}

export interface Challenge {
  readonly salt: string;
  readonly target: string;
  readonly max_number: number;
  readonly expires_at: string;
  readonly signature: string;
}

export interface Slot {
  readonly start: string;
  readonly end: string;
}

export const MODES = ["video", "audio", "phone", "text"] as const;
export type Mode = (typeof MODES)[number];

export const TOPICS = [
  "anxiety", "low-mood", "grief", "stress", "relationships", "family", "loneliness", "trauma", "self-esteem", "sleep",
  "work-study", "identity", "parenting", "illness", "substance-use", "migration",
] as const;

export interface Counselor {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly languages: readonly string[];
  readonly topics: readonly string[];
  readonly modes: readonly Mode[];
  readonly length_minutes: number;
  /** How many appointments one may book in a row; 1 means no series. */
  readonly repeats: number;
  readonly next_slot: Slot | null;
}

export interface Appointment {
  readonly id: string;
  readonly status: "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
  readonly mode: Mode;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly counselor: { readonly id: string; readonly name: string };
  readonly version: number;
  readonly can_change: boolean;
  readonly change_until: string;
  readonly cancelled_by: "client" | "counselor" | null;
  readonly cancel_reason: string | null;
  /** Which one it is of those that were booked at once. */
  readonly series: { readonly id: string; readonly position: number; readonly of: number } | null;
  /** Its client came, and its counselor did not. */
  readonly unattended: boolean;
  /** How many minutes late the two have said they come. */
  readonly client_delay: number | null;
  readonly counselor_delay: number | null;
}
