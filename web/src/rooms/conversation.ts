/**
 * One room as it is open now: pulls what is missing, listens to the socket, sends what was written. The truth is always what
 * the API answers to "after="; the socket only says when to ask.
 */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import type { Heard, Live } from "../api/live.ts";
import { Problem } from "../api/problem.ts";
import { later, Timers } from "../api/timers.ts";
import type { Outbox, Unsent, Written } from "./outbox.ts";
import { ReadMark } from "./read-mark.ts";
import { type Asked, NEWEST, type Timeline } from "./timeline.ts";
import type { EntriesPage, Frame, Message, Posted, Reaction, RoomMode } from "./types.ts";

/** Who is told what happens here. */
export interface Listener {
  changed(): void;
  /** Messages that were not there before, oldest first. */
  news(messages: readonly Message[]): void;
  modeIs(mode: RoomMode): void;
  /** The reader's standing in the room may be another now. */
  standingChanged(): void;
  /** The room is no longer theirs to see. */
  gone(): void;
}

export interface Place {
  readonly prefix: "/api" | "/api/staff";
  readonly room: string;
}

const PAGE = 50;
const CATCH_UP = 100;
const POLL_MS = 5_000;
const POLL_HIDDEN_MS = 30_000;
const AGAIN_MS = 4_000;
const TYPING_FOR_MS = 6_000;

/** Refusals that say that the reader's standing is not what the page shows. */
const ABOUT_STANDING = new Set(["muted", "suspended", "removed", "room_resting", "room_closed", "guidelines_changed", "newcomer", "not_a_member"]);

export class Conversation {
  here: number | null = null;
  typing = 0;
  loading = false;
  failure: unknown;
  /** What the answer to one's own message asked to show. */
  help: Pick<Posted, "help" | "held_for"> | null = null;
  #unwatch: (() => void) | null = null;
  #catching: Promise<void> | null = null;
  #typedAt = -Infinity;
  readonly #mark: ReadMark;
  readonly #timers = new Timers<"poll" | "again" | "typing" | "send">((ms, work) => (this.#unwatch ? later(ms, work) : () => {}));

  constructor(
    readonly place: Place,
    readonly timeline: Timeline,
    readonly outbox: Outbox,
    readonly live: Live,
    private readonly listener: Listener,
  ) {
    this.#mark = new ReadMark(this.#address);
  }

  begin(): void {
    this.#unwatch = this.live.watch(this.place.room, (frame) => this.#heard(frame));
    this.live.addEventListener("change", this.#lineChanged);
    this.outbox.addEventListener("change", this.#outboxChanged);
    document.addEventListener("visibilitychange", this.#seenAgain);
    void this.catchUp(true);
    this.#poll();
  }

  end(): void {
    this.#mark.tell();
    this.#unwatch?.();
    this.#unwatch = null;
    this.live.removeEventListener("change", this.#lineChanged);
    this.outbox.removeEventListener("change", this.#outboxChanged);
    document.removeEventListener("visibilitychange", this.#seenAgain);
    this.#timers.clear();
  }

  /** Pulls until nothing is missing, then sends what waits. With `ask` it asks even if nothing is known to be missing. */
  catchUp(ask = false): Promise<void> {
    this.#catching ??= this.#catchUp(ask).finally(() => (this.#catching = null));
    return this.#catching;
  }

  async older(): Promise<void> {
    const before = this.timeline.older;
    if (before === null || this.loading) return;
    this.loading = true;
    this.listener.changed();
    try {
      await this.#pull({ before }, PAGE);
    } finally {
      this.loading = false;
      this.listener.changed();
    }
  }

  write(written: Written): void {
    this.outbox.add(written, new Date().toISOString());
    this.send();
  }

  /** Sends what waits, after whatever is missing has been seen. */
  send(): void {
    if (this.timeline.started && this.timeline.behind === null) void this.#flush();
    else void this.catchUp();
  }

  async edit(seq: number, text: string, warning: string): Promise<void> {
    const posted = await this.#change("PATCH", seq, "", { text, warning }, ({ entry }: Posted) => entry);
    if (posted.help) this.help = posted;
  }

  async withdraw(seq: number): Promise<void> {
    await this.#change("DELETE", seq, "", {}, (message: Message) => message);
  }

  async react(seq: number, kinds: readonly Reaction[]): Promise<void> {
    await this.#change("PUT", seq, "/reactions", { kinds }, (message: Message) => message);
  }

  /** The reader is writing. */
  types(): void {
    this.#typedAt = performance.now();
    this.live.typing(this.place.room);
  }

  /** The reader has everything that is there on the screen. */
  seen(): void {
    this.#mark.seen(this.timeline.upTo);
  }

  get #address(): string {
    return `${this.place.prefix}/rooms/${this.place.room}`;
  }

  async #change<T>(method: "PATCH" | "DELETE" | "PUT", seq: number, part: string, body: unknown, messageIn: (answer: T) => Message): Promise<T> {
    const knew = this.timeline.upTo;
    const answer = await call<T>(method, `${this.#address}/messages/${seq}${part}`, { body, intent: new Intent() });
    this.timeline.changed(messageIn(answer), knew);
    this.listener.changed();
    return answer;
  }

  async #catchUp(ask: boolean): Promise<void> {
    try {
      for (let wanted = ask; wanted || !this.timeline.started || this.timeline.behind !== null; wanted = false) {
        const before = this.timeline.upTo;
        const first = !this.timeline.started;
        await this.#pull(first ? NEWEST : { after: before }, first ? PAGE : CATCH_UP);
        if (!first && this.timeline.upTo === before) break;
      }
      this.failure = undefined;
    } catch (failure) {
      return this.#failed(failure);
    }
    this.listener.changed();
    if (this.timeline.behind !== null) this.#again();
    else void this.#flush();
  }

  #failed(failure: unknown): void {
    const { status, code } = failure instanceof Problem ? failure : { status: 0, code: "" };
    if ([403, 404].includes(status) || code === "not_a_member" || code === "removed") return this.listener.gone();
    if (ABOUT_STANDING.has(code)) this.listener.standingChanged();
    this.failure = failure;
    this.listener.changed();
    if (status !== 409) this.#again();
  }

  #again(): void {
    this.#timers.in("again", AGAIN_MS, () => void this.catchUp());
  }

  async #pull(asked: Asked, limit: number): Promise<void> {
    const knew = this.timeline.upTo;
    const query = new URLSearchParams({ ...Object.fromEntries(Object.entries(asked).map(([name, seq]) => [name, String(seq)])), limit: String(limit) });
    const page = await call<EntriesPage>("GET", `${this.#address}/messages?${query}`);
    this.#tell(this.timeline.page(asked, page, knew));
  }

  async #flush(): Promise<void> {
    const wait = await this.outbox.flush(() => this.timeline.upTo, (unsent) => this.#post(unsent));
    if (this.outbox.unsent.some(({ state }) => state === "waiting")) this.#timers.in("send", Math.max(wait * 1_000, AGAIN_MS), () => this.send());
    // What others wrote before one's own message.
    else if (this.timeline.behind !== null) void this.catchUp();
  }

  async #post({ client_id, text, warning, reply_to, after }: Unsent): Promise<void> {
    try {
      const body = { text, ...(warning ? { warning } : {}), ...(reply_to ? { reply_to } : {}), ...(after === null ? {} : { after }) };
      const posted = await call<Posted>("POST", `${this.#address}/messages`, { body, intent: new Intent(client_id) });
      this.#tell(this.timeline.posted(posted.entry));
      if (posted.help) this.help = posted;
    } catch (failure) {
      if (failure instanceof Problem && ABOUT_STANDING.has(failure.code)) this.listener.standingChanged();
      throw failure;
    }
  }

  #heard(heard: Heard): void {
    const frame = heard as unknown as Frame;
    if (frame.type === "entry") this.#tell(this.timeline.push(frame.entry));
    else if (frame.type === "hint") this.timeline.hint(frame.seq);
    else if (frame.type === "watching") {
      this.here = frame.here;
      this.timeline.hint(frame.tail);
      // What was decided, or begun, between asking for the room and listening to it was told to nobody here.
      this.listener.standingChanged();
    } else if (frame.type === "here") this.here = frame.here;
    else if (frame.type === "typing") {
      // The count is the same for all and has the reader in it, if they write.
      this.typing = Math.max(0, frame.typing - (performance.now() - this.#typedAt < TYPING_FOR_MS ? 1 : 0));
      this.#timers.in("typing", TYPING_FOR_MS, () => {
        this.typing = 0;
        this.listener.changed();
      });
    } else if (frame.type === "mode") this.listener.modeIs(frame);
    else if (frame.type === "standing" || frame.type === "circle") this.listener.standingChanged();
    else if (frame.type === "removed") return this.listener.gone();
    this.listener.changed();
    if (this.timeline.behind !== null || !this.timeline.started) void this.catchUp();
  }

  #tell(messages: readonly Message[]): void {
    this.outbox.settle((clientId) => this.timeline.has(clientId));
    this.listener.changed();
    if (messages.length) this.listener.news(messages);
  }

  readonly #lineChanged = (): void => {
    if (this.live.state === "live") void this.catchUp(true);
    else this.here = null;
    this.#poll();
    this.listener.changed();
  };

  readonly #outboxChanged = (): void => this.listener.changed();

  readonly #seenAgain = (): void => {
    if (document.visibilityState === "visible") void this.catchUp(true);
    this.#poll();
  };

  /** Where no socket opens: asks every few seconds instead. */
  #poll(): void {
    this.#timers.cancel("poll");
    if (this.live.state !== "polling") return;
    this.#timers.in("poll", document.visibilityState === "visible" ? POLL_MS : POLL_HIDDEN_MS, () => void this.catchUp(true).then(() => this.#poll()));
  }
}
