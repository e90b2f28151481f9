/** What the API tells of a month of calls, and how its figures are written. */

import { region } from "../words/language.ts";

export type Kind = "appointment" | "circle";
export type Provider = "chime" | "peer";

export interface Tally {
  readonly kind: Kind;
  readonly provider: Provider;
  readonly meetings: number;
  /** Of connection, added up over everybody. */
  readonly minutes: number;
  readonly cost_micros: number;
}

/** Money is in micros, millionths of a US dollar; a month looks like "2026-11". */
export interface Usage {
  readonly month: string;
  readonly this_month: string;
  readonly tallies: readonly Tally[];
  readonly going_on: number;
  readonly cost_micros: number;
  readonly forecast: { readonly cost_micros: number; readonly basis: "so_far" | "last_month" } | null;
  readonly ceiling_usd: number | null;
  readonly standing: "usual" | "direct" | "in_writing" | null;
  readonly usual: Readonly<Record<Kind, Provider>>;
  readonly typical: { readonly minutes: number; readonly chime_micros: number; readonly peer_micros: number; readonly mixed_micros: number | null };
  readonly price: { readonly minute_micros: number; readonly source: string; readonly as_of: string };
}

const MICROS = 1_000_000;
/** The share of the ceiling from which on calls of two go directly (shared/meetings/usage.py). */
const DIRECT_FROM = 0.8;

/** "$10.01"; a price of less than a cent in full: "$0.0017". */
export function money(micros: number, digits = 2): string {
  const options = { style: "currency", currency: "USD", numberingSystem: "latn", minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(region(), options).format(micros / MICROS);
}

/** The two amounts at which a ceiling acts, in micros. */
export function thresholds(ceiling: number): { readonly direct: number; readonly writing: number } {
  return { direct: ceiling * DIRECT_FROM * MICROS, writing: ceiling * MICROS };
}

export function isMonth(text: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
}

/** The month so many months later, or before. */
export function monthLater(month: string, months: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 7);
}

/** Whether anything of the organisation's calls costs at all. */
export function costs({ usual }: Usage): boolean {
  return usual.appointment === "chime" || usual.circle === "chime";
}
