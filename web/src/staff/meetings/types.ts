/** What the staff's API sends about what stands around a meeting, in its own field names. */

export const STRUCTURED = ["talked_about", "how_they_are", "agreed", "next_steps"] as const;
export const PARTS = ["text", ...STRUCTURED] as const;

/** Version 0: nothing was written yet. `text` is of free notes, the other parts of structured ones; both are kept. */
export interface Note extends Readonly<Record<(typeof PARTS)[number], string>> {
  readonly kind: "free" | "structured";
  readonly version: number;
  readonly changed_at: string | null;
}

export interface EarlierNote extends Note {
  readonly appointment_id: string;
  readonly start: string;
}

export interface Slot {
  readonly start: string;
  readonly end: string;
}

export interface Suggested {
  readonly same_time: Slot | null;
  readonly others: readonly Slot[];
  readonly booked: readonly Slot[];
}

export interface PhoneNumber {
  readonly name: string;
  readonly number: string;
}

/** Version 0 is the template of the product. What nobody has confirmed is one as well. */
export interface Procedure {
  readonly language: string;
  readonly text: string;
  readonly numbers: readonly PhoneNumber[];
  readonly version: number;
  readonly changed_at: string | null;
  readonly confirmed_at: string | null;
  readonly confirmed_languages: readonly string[];
}
