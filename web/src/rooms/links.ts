/** Finds the addresses in what someone wrote. Pure: what becomes of them is up to the template, which makes text nodes. */

export type Piece = string | { readonly text: string; readonly href: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f]+/giu;
/** Controls that turn or hide letters: an address with one of them reads otherwise than it leads. */
const DISGUISE = /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/u;
const MARKS = /[.,;:!?…'’”»*_~،؛؟。]/u;
const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The text, cut where an address begins and ends. Only http and https, and only what leads where it says. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = safe(address);
    if (!href) continue;
    if (match.index > done) found.push(text.slice(done, match.index));
    found.push({ text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) found.push(text.slice(done));
  return found;
}

/** Without the sentence's own marks at the end, and without a bracket that was opened before the address. */
function trimmed(address: string): string {
  const counts = new Map<string, number>();
  for (const letter of address) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const of = (letter: string): number => counts.get(letter) ?? 0;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1]!;
    const opening = CLOSING[last];
    const unopened = opening !== undefined && of(last) > of(opening);
    if (!unopened && !MARKS.test(last)) break;
    counts.set(last, of(last) - 1);
  }
  return address.slice(0, end);
}

function safe(address: string): string {
  if (DISGUISE.test(address)) return "";
  try {
    const { protocol, username, password, hostname, href } = new URL(address);
    if (protocol !== "http:" && protocol !== "https:") return "";
    // "https://bank.example@elsewhere.example", and letters that only look like those of another name.
    if (username || password || !hostname || hostname.split(".").some((part) => part.startsWith("xn--"))) return "";
    return href;
  } catch {
    return "";
  }
}
