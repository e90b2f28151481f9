/**
 * What somebody wrote in a room and what is not there yet: the draft, and messages that were not acknowledged. It survives a
 * reload, and is gone when the tab is closed or left quickly. Each message keeps the key it is sent with, so that however
 * often it is sent, it is there once.
 */

import { Problem } from "../api/problem.ts";
import { keep, kept } from "../parts/kept.ts";

export interface Written {
  readonly text: string;
  readonly warning: string | null;
  readonly reply_to: number | null;
}

export interface Unsent extends Written {
  readonly client_id: string;
  /** What the writer had seen of the room when it was first sent; null before that. */
  readonly after: number | null;
  /** "waiting" goes by itself as soon as it can; "failed" is for the writer to decide. */
  readonly state: "waiting" | "sending" | "failed";
  /** Why it is not there yet. */
  readonly problem: string;
  readonly written_at: string;
}

interface Shelf {
  readonly self: string;
  readonly draft: Written;
  readonly unsent: readonly Unsent[];
}

export const NOTHING: Written = { text: "", warning: null, reply_to: null };

/** Sends one message; whatever it throws says why not. */
export type Send = (unsent: Unsent) => Promise<void>;

/** Fires "change" when what is unsent is different. */
export class Outbox extends EventTarget {
  #shelf: Shelf;
  #sending = false;
  #closed = false;

  /** `self` is the writer's member id: what another person left in this tab is not taken over. */
  constructor(
    private readonly name: string,
    readonly self: string,
  ) {
    super();
    const found = kept<Shelf>(name);
    const mine = found?.self === self ? found : { self, draft: NOTHING, unsent: [] };
    this.#shelf = { ...mine, unsent: mine.unsent.map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one)) };
  }

  get draft(): Written {
    return this.#shelf.draft;
  }

  /** In the order they were written. */
  get unsent(): readonly Unsent[] {
    return this.#shelf.unsent;
  }

  keepDraft(draft: Written): void {
    this.#keep({ ...this.#shelf, draft });
  }

  add(written: Written, now: string): Unsent {
    const unsent: Unsent = { ...written, client_id: crypto.randomUUID(), after: null, state: "waiting", problem: "", written_at: now };
    this.#put([...this.unsent, unsent]);
    return unsent;
  }

  /** Sends what waits, one after the other. Gives the seconds after which to try again, 0 when nothing is to be waited for. */
  async flush(after: () => number, send: Send): Promise<number> {
    if (this.#sending) return 0;
    this.#sending = true;
    try {
      for (let next; !this.#closed && (next = this.unsent.find(({ state }) => state === "waiting")); ) {
        const trying: Unsent = { ...next, state: "sending", after: next.after ?? after() };
        this.#change(trying);
        try {
          await send(trying);
          this.remove(trying.client_id);
        } catch (failure) {
          const { code, passes, wait } = judged(failure);
          this.#change({ ...trying, state: passes ? "waiting" : "failed", problem: code });
          // Whoever wrote two messages wants them in this order: the second waits for the first.
          if (passes) return wait;
        }
      }
      return 0;
    } finally {
      this.#sending = false;
    }
  }

  retry(clientId: string): void {
    const found = this.unsent.find(({ client_id }) => client_id === clientId);
    if (found?.state === "failed") this.#change({ ...found, state: "waiting", problem: "" });
  }

  /** It is there, or its writer no longer wants it. */
  remove(clientId: string): void {
    if (this.unsent.some(({ client_id }) => client_id === clientId)) this.#put(this.unsent.filter(({ client_id }) => client_id !== clientId));
  }

  /** Lets go of what has turned out to be in the room; what is under way ends by itself. */
  settle(isThere: (clientId: string) => boolean): void {
    for (const { client_id, state } of this.unsent) if (state !== "sending" && isThere(client_id)) this.remove(client_id);
  }

  close(): void {
    this.#closed = true;
  }

  #change(unsent: Unsent): void {
    this.#put(this.unsent.map((one) => (one.client_id === unsent.client_id ? unsent : one)));
  }

  #put(unsent: readonly Unsent[]): void {
    this.#keep({ ...this.#shelf, unsent });
    this.dispatchEvent(new Event("change"));
  }

  #keep(shelf: Shelf): void {
    this.#shelf = shelf;
    if (!this.#closed) keep(this.name, shelf);
  }
}

const open = new Map<string, Outbox>();

/** The outbox of a room: one, however often the page is opened, since something may still be under way. */
export function outboxOf(name: string, self: string): Outbox {
  const found = open.get(name);
  if (found?.self === self) return found;
  found?.close();
  const outbox = new Outbox(name, self);
  open.set(name, outbox);
  return outbox;
}

/** Nobody is signed in any more: what is still under way must not be written down again. */
export function closeOutboxes(): void {
  for (const outbox of open.values()) outbox.close();
  open.clear();
}

/** Whether a failure passes by itself (the connection, a pause that the room asks for, a sign-in that ended). */
function judged(failure: unknown): { code: string; passes: boolean; wait: number } {
  if (!(failure instanceof Problem)) return { code: "unknown", passes: false, wait: 0 };
  const { code, status, retryAfter } = failure;
  return { code, passes: status === 0 || status === 401 || status === 429 || status >= 500 || code === "busy", wait: retryAfter };
}
