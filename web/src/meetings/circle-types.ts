/** A circle, as the API tells of it. Seats by their ids; "" is nobody. */

/** Somebody whom a facilitator should look after, since when, and whether one has. */
export interface Care {
  readonly seat: string;
  readonly at: string;
  readonly done: boolean;
}

export interface Circle {
  /** Those in the call. */
  readonly order: readonly string[];
  readonly speaker: string;
  readonly next: string;
  /** How long a turn should be; 0 is as long as it takes. */
  readonly turn_seconds: number;
  readonly turn_ends_at: string | null;
  readonly hands: readonly string[];
  /** They let their next turn go by. */
  readonly passed: readonly string[];
  readonly stepped_out: readonly string[];
  /** Facilitators see everybody, others themselves. */
  readonly following_up: readonly Care[];
  readonly not_okay: readonly Care[];
  readonly facilitator_gone_since: string | null;
  /** When it ends, unless a facilitator comes before. */
  readonly ends_at: string | null;
}

export type Move = "raise_hand" | "lower_hand" | "pass" | "done" | "not_okay" | "okay" | "step_out" | "come_back";
