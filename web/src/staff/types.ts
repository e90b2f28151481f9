/** What the staff's API sends, in its own field names. */

import type { Appointment, Mode, StaffPerson } from "../api/types.ts";

export type Role = StaffPerson["roles"][number];
export const ROLES = ["counselor", "facilitator", "admin"] as const satisfies readonly Role[];

export interface StaffAppointment extends Appointment {
  readonly client: { readonly handle: string };
  /** How many the client missed in the year before. Told of an appointment by itself. */
  readonly missed_before?: number;
}

export interface Block {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly note: string;
}

/** `from` and the days after it are dates in `zone`. */
export interface Agenda {
  readonly zone: string;
  readonly from: string;
  readonly days: number;
  readonly appointments: readonly StaffAppointment[];
  readonly blocks: readonly Block[];
}

export interface Profile {
  readonly name: string;
  readonly about: string;
  readonly languages: readonly string[];
  readonly topics: readonly string[];
  readonly modes: readonly Mode[];
  readonly published: boolean;
  readonly version: number;
}

/** Hours on one weekday (1 is Monday), on the clock of the counselor's zone: "09:00". A day ends at "24:00". */
export interface Hours {
  readonly weekday: number;
  readonly start: string;
  readonly end: string;
}

/** A date that differs from the week: closed then, or open besides. The whole day is "00:00" to "24:00". */
export interface DayException {
  readonly on: string;
  readonly start: string;
  readonly end: string;
  readonly open: boolean;
}

export interface Availability {
  readonly zone: string;
  readonly weekly: readonly Hours[];
  readonly exceptions: readonly DayException[];
  readonly length_minutes: number;
  readonly buffer_minutes: number;
  readonly notice_hours: number;
  readonly horizon_days: number;
  readonly change_notice_hours: number;
  readonly repeats: number;
  readonly version: number;
}

export interface Member extends StaffPerson {
  readonly status: "invited" | "active" | "suspended";
}

export interface Invitation {
  readonly person: Member;
  readonly one_time_password: string;
  readonly expires_on: string;
}
