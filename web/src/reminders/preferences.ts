/** How somebody wants to be reminded, as the API says it, and what others could see of it. */

export interface Quiet {
  readonly start: string;
  readonly end: string;
}
export interface Preferences {
  /** Minutes before the start. */
  readonly before: readonly number[];
  readonly channels: readonly string[];
  readonly quiet: Quiet | null;
  readonly code_word: string;
  readonly sender: string;
  readonly calendar_title: string;
  readonly version: number;
}
export interface Reminders extends Preferences {
  /** A reminder in our own words. */
  readonly sample: { readonly title: string; readonly body: string };
}

export const USUAL_QUIET: Quiet = { start: "22:00", end: "07:00" };

/** What is sent: all of it but what the API says for show. */
export function wish({ before, channels, quiet, code_word, sender, calendar_title, version }: Preferences): Preferences {
  return { before: [...before].sort((one, other) => other - one), channels, quiet, code_word: code_word.trim(), sender: sender.trim(), calendar_title: calendar_title.trim(), version };
}

export function same(one: Preferences, other: Preferences): boolean {
  return JSON.stringify(wish(one)) === JSON.stringify(wish(other));
}

/** What was saved elsewhere meanwhile, with what was changed here `since` the page was read. */
export function onTop<T extends Preferences>(mine: T, since: T, theirs: T): T {
  const [wanted, before] = [wish(mine), wish(since)];
  const changed = Object.entries(wanted).filter(([name, value]) => name !== "version" && JSON.stringify(value) !== JSON.stringify(before[name as keyof Preferences]));
  return { ...theirs, ...Object.fromEntries(changed) };
}

/** What a locked screen shows: the code word stands where our title would. */
export function onTheScreen({ code_word, sample }: Pick<Reminders, "code_word" | "sample">): Reminders["sample"] {
  return { title: code_word.trim() || sample.title, body: sample.body };
}

/** What a calendar shows: its own title, else the code word, else a neutral one. */
export function inTheCalendar({ calendar_title, code_word }: Pick<Preferences, "calendar_title" | "code_word">, neutral: string): string {
  return calendar_title.trim() || code_word.trim() || neutral;
}
