/**
 * What the reader knows of a room's log. The log has no holes: entries are numbered 1, 2, 3 … and each is a message, a
 * change of one, or hidden. News comes in any order, twice or never (pushes), or late (pages); this makes one ordered list
 * of it, and says when something is missing.
 *
 * How fresh a view of a message is, is told by the number of the entry up to which it certainly holds. Every change is an
 * entry of its own, so an older view may be shown for a moment, but never stays.
 */

import type { EntriesPage, Entry, Hidden, Message } from "./types.ts";

interface Known {
  readonly view: Message | Hidden;
  readonly asOf: number;
}

export interface Asked {
  readonly after?: number;
  readonly before?: number;
}

/** A page of the newest entries, asked for when nothing was known yet. */
export const NEWEST: Asked = {};

export class Timeline {
  /** All entries `from` … `upTo` are known. */
  from = 1;
  upTo = 0;
  /** The newest number heard of. */
  tail = 0;
  started = false;
  #moreAbove = false;
  readonly #known = new Map<number, Known>();
  /** Numbers known beyond a hole. */
  readonly #ahead = new Set<number>();

  /** `self` is the reader's own member id: pushes are the same for all and do not say what is whose. */
  constructor(readonly self: string) {}

  /** Where to pull from, when something is missing; else null. */
  get behind(): number | null {
    return this.started && this.tail > this.upTo ? this.upTo : null;
  }

  /** What to ask for older entries with, when there are any; else null. */
  get older(): number | null {
    return this.started && this.#moreAbove ? this.from : null;
  }

  /** In order. One's own message is shown even while something before it is still missing. */
  messages(): Message[] {
    return [...this.#known.values()]
      .map(({ view }) => view)
      .filter((view): view is Message => view.kind === "message" && this.#shows(view))
      .sort((one, other) => one.seq - other.seq);
  }

  message(seq: number): Message | null {
    const view = this.#known.get(seq)?.view;
    return view?.kind === "message" && this.#shows(view) ? view : null;
  }

  /** Whether the message written here under this id is shown already. */
  has(clientId: string): boolean {
    return this.messages().some((message) => message.mine && message.client_id === clientId);
  }

  /** An answer of the API; `knew` is `upTo` when it was asked. Gives the messages that are new to the reader. */
  page(asked: Asked, { entries, tail, more }: EntriesPage, knew: number): Message[] {
    const last = entries.at(-1)?.seq;
    this.hint(tail);
    for (const entry of entries) this.#take(entry, Math.max(knew, entry.seq), "page");
    const oldest = more ? (entries[0]?.seq ?? this.from) : 1;
    const before = this.upTo;
    if (!this.started || (asked.after === undefined && asked.before === undefined)) {
      this.started = true;
      this.from = oldest;
      this.#moreAbove = more;
      this.upTo = Math.max(last ?? 0, knew);
      this.#join();
      return [];
    }
    if (asked.before !== undefined) {
      if (asked.before >= this.from && oldest <= this.from) [this.from, this.#moreAbove] = [oldest, more];
      return [];
    }
    if ((asked.after ?? 0) <= this.upTo) this.upTo = Math.max(this.upTo, last ?? 0);
    this.#join();
    return this.#since(before);
  }

  /** News by the socket. Gives the messages that are new to the reader. */
  push(entry: Entry): Message[] {
    this.#take(entry, entry.seq, "push");
    return this.#arrived(entry.seq);
  }

  /** The answer to writing a message. Gives what is new to the reader: it may close a hole before what others wrote. */
  posted(message: Message): Message[] {
    this.#take(message, message.seq, "own");
    return this.#arrived(message.seq);
  }

  /** The answer to a change of one's own, asked when the log was known up to `knew`. */
  changed(message: Message, knew: number): void {
    this.#apply(message.seq, message, knew + 0.5, "own");
  }

  hint(seq: number): void {
    this.tail = Math.max(this.tail, seq);
  }

  #shows({ seq, mine }: Message): boolean {
    return seq >= this.from && (seq <= this.upTo || mine);
  }

  #take(entry: Entry, asOf: number, source: "page" | "push" | "own"): void {
    if (entry.kind === "change") return this.#apply(entry.of, entry.message, asOf, source);
    this.#apply(entry.seq, entry, asOf, source);
    // A message that waited and was let through stands at the end now, and only there.
    if (entry.kind === "message" && entry.replaces !== null) {
      this.#apply(entry.replaces, { seq: entry.replaces, kind: "hidden" }, entry.seq, "push");
    }
  }

  #apply(seq: number, view: Message | Hidden, asOf: number, source: "page" | "push" | "own"): void {
    const known = this.#known.get(seq);
    const fresher = !known || (source === "push" ? asOf > known.asOf : asOf >= known.asOf);
    const before = known?.view.kind === "message" ? known.view : null;
    if (fresher) this.#known.set(seq, { view: source === "push" && view.kind === "message" ? this.#ours(view, before) : view, asOf });
    else if (source === "own" && view.kind === "message" && before) this.#known.set(seq, { ...known, view: { ...before, reacted: view.reacted } });
  }

  /** A push with what only the reader's own views say. */
  #ours(view: Message, before: Message | null): Message {
    const mine = view.author.id === this.self;
    const text = mine && view.state === "declined" && !view.text ? (before?.text ?? "") : view.text;
    return { ...view, mine, text, reacted: before?.reacted ?? [], client_id: view.client_id || (before?.client_id ?? "") };
  }

  #arrived(seq: number): Message[] {
    this.hint(seq);
    const before = this.upTo;
    if (seq > this.upTo) this.#ahead.add(seq);
    if (this.started) this.#join();
    return this.started ? this.#since(before) : [];
  }

  /** Goes on over what was known beyond the hole. */
  #join(): void {
    while (this.#ahead.delete(this.upTo + 1)) this.upTo += 1;
    for (const seq of this.#ahead) if (seq <= this.upTo) this.#ahead.delete(seq);
  }

  #since(before: number): Message[] {
    return this.messages().filter(({ seq }) => seq > before && seq <= this.upTo);
  }
}
