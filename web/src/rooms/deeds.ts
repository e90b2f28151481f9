/** What a reader does with messages: answers, reacts, changes, takes back, reports, blocks. The focus stays where the hands are. */

import type { ReactiveElement } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { announce } from "../frame/announce.ts";
import { confirmed } from "../parts/confirm.ts";
import { typed } from "../parts/field.ts";
import { t } from "../words/language.ts";
import type { Conversation } from "./conversation.ts";
import type { Hand } from "./message-view.ts";
import { reported } from "./report.ts";
import type { Message, Reaction, Room } from "./types.ts";
import { roomProblem, zoneOf } from "./words.ts";
import type { RoomWriter } from "./writer.ts";

/** The element that shows the messages. */
export interface Table extends ReactiveElement {
  readonly prefix: "/api" | "/api/staff";
  readonly room: Room;
  readonly talk: Conversation;
  readonly actions: (message: Message) => unknown;
  jump(seq: number): void;
  /** Reads the log anew: what the reader may see is another now. */
  begin(): void;
}

export class Deeds implements Hand {
  open: number | null = null;
  editing: number | null = null;
  replyTo: Message | null = null;
  busy = false;
  /** What did not work, in words. */
  problem = "";

  constructor(private readonly table: Table) {}

  get room(): Room {
    return this.table.room;
  }

  get zone(): string {
    return zoneOf(this.table.prefix);
  }

  get staff(): boolean {
    return this.table.prefix === "/api/staff";
  }

  clear(): void {
    this.open = this.editing = this.replyTo = null;
    this.problem = "";
  }

  find(seq: number): Message | null {
    return this.table.talk.timeline.message(seq);
  }

  more(message: Message): unknown {
    return this.table.actions(message);
  }

  jump(seq: number): void {
    this.table.jump(seq);
  }

  async turn({ seq }: Message): Promise<void> {
    this.open = this.open === seq ? null : seq;
    await this.#drawn();
    this.table.querySelector(`#actions-${seq}`)?.scrollIntoView({ block: "nearest" });
  }

  async reply(message: Message | null): Promise<void> {
    this.replyTo = message;
    this.open = null;
    await this.#drawn();
    this.toWriter();
  }

  toWriter(): void {
    this.table.querySelector<RoomWriter>("room-writer")?.focus();
  }

  async edit(message: Message | null): Promise<void> {
    const before = this.editing;
    this.editing = message?.seq ?? null;
    this.open = null;
    await this.#drawn();
    this.table.querySelector<HTMLElement>(message ? "#edited" : `#more-${before}`)?.focus();
  }

  async save({ seq }: Message, form: HTMLFormElement): Promise<void> {
    const { edited = "", "edited-warning": warning = "" } = typed(form);
    const saved = await this.attempt(async () => {
      if (edited) await this.table.talk.edit(seq, edited, warning);
    }, edited ? "" : t("talk.empty"));
    if (saved) await this.edit(null);
  }

  async withdraw({ seq }: Message): Promise<void> {
    const sure = await confirmed({ heading: t("talk.withdraw.ask"), text: t("talk.withdraw.text"), yes: t("talk.withdraw.yes"), no: t("talk.withdraw.no") });
    if (sure) await this.#do(() => this.table.talk.withdraw(seq), seq, t("talk.withdrawn.mine"));
  }

  async react({ seq, reacted }: Message, kind: Reaction): Promise<void> {
    const kinds = reacted.includes(kind) ? reacted.filter((one) => one !== kind) : [...reacted, kind];
    await this.attempt(() => this.table.talk.react(seq, kinds));
  }

  async report({ seq, author }: Message): Promise<void> {
    const report = await reported(author.handle);
    if (!report) return;
    const { reason, note, block } = report;
    await this.#do(async () => {
      await call("POST", `${this.#address}/messages/${seq}/reports`, { body: { reason, note }, intent: new Intent() });
      if (block) await this.#hide(author.id);
    }, seq, t("report.done"));
  }

  async block({ seq, author }: Message): Promise<void> {
    const sure = await confirmed({ heading: t("block.ask", { handle: author.handle }), text: t("block.text"), yes: t("block.yes") });
    if (sure) await this.#do(() => this.#hide(author.id), seq, t("block.done"));
  }

  /** A failure is said beside the field to write in; nothing that was typed is touched. `wrong` is known to fail. */
  async attempt(work: () => Promise<void>, wrong = ""): Promise<boolean> {
    if (this.busy) return false;
    this.problem = wrong;
    this.busy = !wrong;
    this.table.requestUpdate();
    if (wrong) return false;
    try {
      await work();
      return true;
    } catch (failure) {
      this.problem = roomProblem(failure);
      return false;
    } finally {
      this.busy = false;
      this.table.requestUpdate();
    }
  }

  get #address(): string {
    return `${this.table.prefix}/rooms/${this.room.id}`;
  }

  async #hide(memberId: string): Promise<void> {
    await call("PUT", `${this.#address}/blocks/${memberId}`, { body: {}, intent: new Intent() });
    this.table.begin();
  }

  async #do(work: () => Promise<void>, seq: number, words: string): Promise<void> {
    if (!(await this.attempt(work))) return;
    this.open = null;
    announce(words);
    await this.#drawn();
    (this.table.querySelector<HTMLElement>(`#message-${seq}`) ?? this.table.querySelector<HTMLElement>(".log"))?.focus();
  }

  async #drawn(): Promise<void> {
    this.table.requestUpdate();
    await this.table.updateComplete;
  }
}
