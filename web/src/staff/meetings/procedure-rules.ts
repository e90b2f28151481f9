/** What a procedure may hold, checked before it is sent; and what it leads to. */

import type { PhoneNumber, Procedure } from "./types.ts";

export const LONGEST = 8_000;
export const MOST_NUMBERS = 20;
export const LONGEST_NAME = 80;
export const LONGEST_NUMBER = 32;
const NUMBER = /^[0-9+*#(). /-]{2,}$/;

/** What the form begins with: whether it is confirmed is ticked anew with each change. */
export type Edited = Procedure & { readonly confirmed: boolean };

export function sendable({ language, text, numbers, confirmed }: Edited): Pick<Edited, "language" | "text" | "numbers" | "confirmed"> {
  return { language, text, numbers: numbers.map(({ name, number }) => ({ name, number })), confirmed };
}

export function begun(kept: Procedure): Edited {
  return { ...kept, confirmed: kept.confirmed_at !== null };
}

/** The ids of the inputs at fault, with the words for each. Rows without a word in them are no fault: they are left out. */
export function faultsIn({ text, numbers }: Pick<Procedure, "text" | "numbers">): { field: string; words: "procedure.text.missing" | "procedure.name.missing" | "procedure.number.fault" }[] {
  const found: ReturnType<typeof faultsIn> = [];
  if (!text.trim()) found.push({ field: "text", words: "procedure.text.missing" });
  numbers.forEach(({ name, number }, at) => {
    if (!name.trim()) found.push({ field: `numbers.${at}.name`, words: "procedure.name.missing" });
    if (!NUMBER.test(number) || number.replace(/\D/g, "").length < 2) found.push({ field: `numbers.${at}.number`, words: "procedure.number.fault" });
  });
  return found;
}

export function withoutEmpty(numbers: readonly PhoneNumber[]): readonly PhoneNumber[] {
  return numbers.map(({ name, number }) => ({ name: name.trim(), number: number.trim() })).filter(({ name, number }) => name || number);
}

/** What a phone dials: a number without what makes it legible. `#` begins a fragment in addresses. */
export function dialled(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, "").replaceAll("#", "%23")}`;
}
