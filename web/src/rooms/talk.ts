/**
 * The conversation in a room: its messages, and writing one. For members and, with the prefix "/api/staff", for the staff.
 *
 * Fires "room-changed" with the room as it is now (its mode, the reader's standing), and "room-gone" when it is no longer
 * theirs to see. Needs the words "rooms" and the style sheet "rooms".
 */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { liveOf } from "../api/live-here.ts";
import { member, staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { confirmed } from "../parts/confirm.ts";
import { typed } from "../parts/field.ts";
import { dateIn, longDay } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import { Conversation, type Listener } from "./conversation.ts";
import { helpCard } from "./help-card.ts";
import { type Hand, inShort, messageView } from "./message-view.ts";
import { closeOutboxes, outboxOf, type Unsent, type Written } from "./outbox.ts";
import { reported } from "./report.ts";
import { type Row, rows } from "./rows.ts";
import { isAtEnd, Scroll } from "./scroll.ts";
import { modeBanner, whyNot } from "./standing.ts";
import { Timeline } from "./timeline.ts";
import type { Message, Reaction, Room, RoomMode } from "./types.ts";
import { roomProblem, written, zoneOf } from "./words.ts";
import "./writer.ts";
import type { RoomWriter } from "./writer.ts";

/** So close to the top, older messages are fetched before anybody asks. */
const NEAR_TOP_PX = 160;

export class RoomTalk extends Part implements Listener {
  @property({ attribute: false }) override prefix: "/api" | "/api/staff" = "/api";
  @property({ attribute: false }) room!: Room;
  /** The message to begin at; 0 is what is new. */
  @property({ attribute: false }) at = 0;
  /** What else can be done with a message, drawn at the end of its actions. */
  @property({ attribute: false }) actions: (message: Message) => unknown = () => nothing;
  @state() private open: number | null = null;
  @state() private editing: number | null = null;
  @state() private replyTo: Message | null = null;
  @state() private busy = false;
  @state() private problem = "";
  /** How many came while the reader was further up. */
  @state() private below = 0;
  #talk: Conversation | null = null;
  #readUpTo = 0;
  #helped: Conversation["help"] = null;
  #drawnFrom = 0;
  readonly #scroll = new Scroll();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#talk?.end();
    this.#talk = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override willUpdate(): void {
    const place = this.#talk?.place;
    if (place?.room !== this.room.id || place.prefix !== this.prefix) this.#begin();
    else this.#scroll.remember(this.#list);
  }

  protected override render(): TemplateResult {
    const talk = this.#talk!;
    const zone = zoneOf(this.prefix);
    const blocked = this.prefix === "/api" ? whyNot(this.room, zone, () => void this.#accept()) : null;
    return html`${modeBanner(this.room, zone)}
      ${this.#status(talk)}
      <div class="log-frame">
        <div class="log" role="log" aria-live="off" aria-label=${t("talk.log")} tabindex="0" @scroll=${this.#scrolled}>
          ${this.#top(talk)}
          ${repeat(this.#rows(talk, zone), ({ key }) => key, (row) => this.#row(row, zone))}
        </div>
        ${this.below || !this.#scroll.atEnd ? html`<button type="button" class="button quiet small jump" @click=${() => this.#toEnd(true)}>
          ${this.below ? t("talk.jump.new", { count: this.below }) : t("talk.jump")}</button>` : nothing}
      </div>
      ${this.problem ? html`<p class="talk-problem fault" role="alert">${this.problem}</p>` : nothing}
      ${talk.help ? helpCard(talk.help, this.room, () => this.#closeHelp()) : nothing}
      ${blocked ?? html`<room-writer .outbox=${talk.outbox} .replyTo=${this.replyTo} .label=${this.#label()}
        @written=${(event: CustomEvent<Written>) => this.#write(event.detail)} @typing=${() => talk.types()}
        @reply-dropped=${() => this.#reply(null)}></room-writer>`}`;
  }

  protected override updated(): void {
    const talk = this.#talk!;
    const { started, from } = talk.timeline;
    if (started && !this.#drawnFrom) this.at ? void this.#jump(this.at) : this.#toFirstNew();
    else if (started) this.#scroll.restore();
    this.#drawnFrom = started ? from : 0;
    this.#seen();
    if (talk.help !== this.#helped) this.#help(talk);
  }

  // What the conversation tells.

  changed(): void {
    this.requestUpdate();
  }

  news(messages: readonly Message[]): void {
    const others = messages.filter(({ mine, state }) => !mine && (state === "posted" || state === "held"));
    if (!others.length) return;
    if (this.#list && !isAtEnd(this.#list)) this.below += others.length;
    const [one] = others;
    announce(others.length === 1 && one ? t("talk.announce", { handle: one.author.handle, text: inShort(one) }) : t("talk.announce.many", { count: others.length }));
  }

  modeIs({ mode, until, next_live_at }: RoomMode): void {
    const now = { ...this.room, mode: { mode, until, next_live_at } };
    this.#roomIs(now);
    // What may be written hangs on the mode.
    this.standingChanged();
  }

  standingChanged(): void {
    void call<Room>("GET", `${this.prefix}/rooms/${this.room.id}`).then((room) => this.#roomIs(room)).catch(() => {});
  }

  gone(): void {
    this.dispatchEvent(new Event("room-gone"));
  }

  #begin(): void {
    this.#talk?.end();
    const self = this.room.membership?.member_id ?? "";
    const outbox = outboxOf(`hearthline.room.${this.prefix}.${this.room.id}`, self);
    this.#readUpTo = this.room.membership?.read_seq ?? 0;
    this.#drawnFrom = 0;
    this.open = this.editing = this.replyTo = null;
    this.problem = "";
    this.below = 0;
    this.#scroll.atEnd = true;
    this.#talk = new Conversation({ prefix: this.prefix, room: this.room.id }, new Timeline(self), outbox, liveOf(this.prefix), this);
    this.#talk.begin();
  }

  #rows({ timeline, outbox }: Conversation, zone: string): Row[] {
    if (!timeline.started) return [];
    return rows(timeline.messages(), outbox.unsent, this.#readUpTo, (instant) => dateIn(zone, instant));
  }

  #row(row: Row, zone: string): TemplateResult {
    if (row.kind === "day") return html`<h2 class="day-line"><span>${longDay(row.at, zone)}</span></h2>`;
    if (row.kind === "new") return html`<p class="new-line" id="new-line"><span>${t("talk.new")}</span></p>`;
    return row.kind === "message" ? messageView(row.message, this.#hand(zone)) : this.#unsent(row.unsent);
  }

  #unsent({ client_id, text, warning, state, problem }: Unsent): TemplateResult {
    const outbox = this.#talk!.outbox;
    const again = (): void => {
      outbox.retry(client_id);
      this.#talk?.send();
    };
    return html`<article class="message mine unsent ${state}" aria-label=${t("talk.unsent")}>
      <div class="message-body">
        ${warning ? html`<p class="state">${t("talk.warning")} <span dir="auto">${warning}</span></p>` : nothing}
        ${written(text)}
        <p class="state" role="status">${problem ? `${t(state === "failed" ? "talk.failed" : "talk.waiting")} ${tCode("problem", problem, { count: 1 }) || t("problem.unknown")}` : t(state === "sending" ? "talk.sending" : "talk.waiting")}</p>
        ${problem && state !== "sending" ? html`<p class="acts">
          <button type="button" class="button small" @click=${again}>${t("retry")}</button>
          <button type="button" class="button quiet small" @click=${() => outbox.remove(client_id)}>${t("talk.discard")}</button>
        </p>` : nothing}
      </div>
    </article>`;
  }

  #top({ timeline, loading, failure }: Conversation): TemplateResult {
    if (!timeline.started) {
      return failure
        ? html`<div class="panel ember" role="alert"><p>${roomProblem(failure)}</p><p><button type="button" class="button" @click=${() => this.#talk?.catchUp(true)}>${t("retry")}</button></p></div>`
        : html`<p class="waiting" role="status">${t("waiting")}</p>`;
    }
    if (timeline.older !== null) return html`<p class="log-top"><button type="button" class="link" aria-disabled=${loading} @click=${this.#older}>${t(loading ? "waiting" : "talk.older")}</button></p>`;
    return html`<p class="log-top quiet-words">${timeline.upTo ? t("talk.start") : t("talk.start.empty")}<br>${t("room.retention", { count: this.room.retention_days })}</p>`;
  }

  /** Who reads this, who is here, whether news comes by itself. Counts only: nobody is named who did not write. */
  #status(talk: Conversation): TemplateResult {
    const { here, typing, live } = talk;
    const readers = this.room.kind === "group" ? t("talk.readers", { count: this.room.members })
      : this.prefix === "/api" ? t("talk.readers.direct", { name: this.room.counselor?.name ?? "" }) : t("talk.readers.two");
    return html`<div class="talk-status quiet-words">
      <p>${readers}</p>
      <p>${here !== null && this.room.kind === "group" ? html`<span>${t("talk.here", { count: here })}</span> · ` : nothing}<span class="line ${live.state}">${tCode("line", live.state)}</span>${typing ? html` · <span class="typing">${t("talk.typing", { count: typing })}</span>` : nothing}</p>
    </div>`;
  }

  #label(): string {
    if (this.room.kind === "direct") return this.prefix === "/api" ? t("talk.write.to", { name: this.room.counselor?.name ?? "" }) : t("talk.write");
    const name = this.room.membership?.handle ?? "";
    return name ? t("talk.write.as", { handle: name }) : t("talk.write");
  }

  #hand(zone: string): Hand {
    const talk = this.#talk!;
    return {
      room: this.room,
      zone,
      staff: this.prefix === "/api/staff",
      busy: this.busy,
      open: this.open,
      editing: this.editing,
      find: (seq) => talk.timeline.message(seq),
      turn: ({ seq }) => void this.#turn(seq),
      reply: (message) => this.#reply(message),
      react: (message, kind) => void this.#react(message, kind),
      edit: (message) => void this.#edit(message),
      save: (message, form) => void this.#save(message, form),
      withdraw: (message) => void this.#withdraw(message),
      report: (message) => void this.#report(message),
      block: (message) => void this.#block(message),
      jump: (seq) => void this.#jump(seq),
      more: (message) => this.actions(message),
    };
  }

  #write(words: Written): void {
    this.replyTo = null;
    this.#scroll.atEnd = true;
    this.#talk?.write(words);
    this.#toEnd(false);
  }

  async #turn(seq: number): Promise<void> {
    this.open = this.open === seq ? null : seq;
    await this.updateComplete;
    this.querySelector(`#actions-${seq}`)?.scrollIntoView({ block: "nearest" });
  }

  #reply(message: Message | null): void {
    this.replyTo = message;
    this.open = null;
    if (message) void this.updateComplete.then(() => this.querySelector<RoomWriter>("room-writer")?.focus());
  }

  async #edit(message: Message | null): Promise<void> {
    const before = this.editing;
    this.editing = message?.seq ?? null;
    this.open = null;
    await this.updateComplete;
    this.querySelector<HTMLElement>(message ? "#edited" : `#more-${before}`)?.focus();
  }

  async #save({ seq }: Message, form: HTMLFormElement): Promise<void> {
    const { edited = "", "edited-warning": warning = "" } = typed(form);
    if (!edited) return void (this.problem = t("talk.empty"));
    if (await this.#attempt(() => this.#talk!.edit(seq, edited, warning))) await this.#edit(null);
  }

  async #withdraw({ seq }: Message): Promise<void> {
    const sure = await confirmed({ heading: t("talk.withdraw.ask"), text: t("talk.withdraw.text"), yes: t("talk.withdraw.yes"), no: t("talk.withdraw.no") });
    if (sure) await this.#done(() => this.#talk!.withdraw(seq), seq, t("talk.withdrawn.mine"));
  }

  async #react({ seq, reacted }: Message, kind: Reaction): Promise<void> {
    const kinds = reacted.includes(kind) ? reacted.filter((one) => one !== kind) : [...reacted, kind];
    await this.#attempt(() => this.#talk!.react(seq, kinds));
  }

  async #report({ seq, author }: Message): Promise<void> {
    const report = await reported(author.handle);
    if (!report) return;
    const { reason, note, block } = report;
    await this.#done(async () => {
      await call("POST", `${this.prefix}/rooms/${this.room.id}/messages/${seq}/reports`, { body: { reason, note }, intent: new Intent() });
      if (block) await this.#hide(author.id);
    }, seq, t("report.done"));
  }

  async #block({ seq, author }: Message): Promise<void> {
    const sure = await confirmed({ heading: t("block.ask", { handle: author.handle }), text: t("block.text"), yes: t("block.yes") });
    if (sure) await this.#done(() => this.#hide(author.id), seq, t("block.done"));
  }

  /** All of the other's messages are hidden from now on: the log is another one, read anew. */
  async #hide(memberId: string): Promise<void> {
    await call("PUT", `${this.prefix}/rooms/${this.room.id}/blocks/${memberId}`, { body: {}, intent: new Intent() });
    this.#begin();
    this.requestUpdate();
  }

  async #accept(): Promise<void> {
    await this.#attempt(async () => {
      const body = { version: this.room.guidelines_version };
      this.#roomIs(await call<Room>("PUT", `${this.prefix}/rooms/${this.room.id}/guidelines`, { body, intent: new Intent() }));
    });
    await this.updateComplete;
    this.querySelector<RoomWriter>("room-writer")?.focus();
  }

  async #done(work: () => Promise<void>, seq: number, words: string): Promise<void> {
    if (!(await this.#attempt(work))) return;
    this.open = null;
    announce(words);
    await this.updateComplete;
    (this.querySelector<HTMLElement>(`#message-${seq}`) ?? this.#list)?.focus();
  }

  /** A failure is said beside the field to write in; nothing that was typed is touched. */
  async #attempt(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = "";
    try {
      await work();
      return true;
    } catch (failure) {
      this.problem = roomProblem(failure);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #roomIs(room: Room): void {
    this.room = room;
    this.dispatchEvent(new CustomEvent<Room>("room-changed", { detail: room }));
  }

  /** Seen and heard at once; the focus stays where the person writes. */
  #help({ help }: Conversation): void {
    this.#helped = help;
    const card = this.querySelector(".help-card");
    if (!card) return;
    card.scrollIntoView({ block: "nearest" });
    announce(card.querySelector("h2")?.textContent ?? "");
  }

  #closeHelp(): void {
    if (this.#talk) this.#talk.help = null;
    this.requestUpdate();
    this.querySelector<RoomWriter>("room-writer")?.focus();
  }

  // Scrolling.

  get #list(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".log");
  }

  readonly #older = (): void => void this.#talk?.older().catch((failure: unknown) => (this.problem = roomProblem(failure)));

  readonly #scrolled = (): void => {
    const list = this.#list;
    if (!list) return;
    const atEnd = isAtEnd(list);
    if (atEnd !== this.#scroll.atEnd || (atEnd && this.below)) {
      this.#scroll.atEnd = atEnd;
      if (atEnd) this.below = 0;
      this.requestUpdate();
    }
    if (list.scrollTop < NEAR_TOP_PX && this.#drawnFrom) this.#older();
    this.#seen();
  };

  #seen(): void {
    if (this.#talk?.timeline.started && this.#list && isAtEnd(this.#list)) this.#talk.seen();
  }

  #toEnd(focus: boolean): void {
    const list = this.#list;
    if (!list) return;
    list.scrollTop = list.scrollHeight;
    this.below = 0;
    if (focus) list.focus();
  }

  #toFirstNew(): void {
    const list = this.#list;
    if (!list) return;
    list.scrollTop = list.scrollHeight;
    const line = this.querySelector<HTMLElement>("#new-line");
    if (line) list.scrollTop += Math.min(0, line.getBoundingClientRect().top - list.getBoundingClientRect().top - 8);
    this.#scroll.atEnd = isAtEnd(list);
  }

  async #jump(seq: number): Promise<void> {
    for (let from = -1; !this.querySelector(`#message-${seq}`) && this.#talk && this.#talk.timeline.older !== null && from !== this.#talk.timeline.from; ) {
      from = this.#talk.timeline.from;
      await this.#talk.older().catch(() => {});
      await this.updateComplete;
    }
    const message = this.querySelector<HTMLElement>(`#message-${seq}`);
    if (!message) return announce(t("talk.reply.gone"));
    message.scrollIntoView({ block: "center" });
    message.focus({ preventScroll: true });
  }
}

customElements.define("room-talk", RoomTalk);

for (const signIn of [member, staff]) {
  signIn.addEventListener("change", () => {
    if (!signIn.person) closeOutboxes();
  });
}

declare global {
  interface HTMLElementTagNameMap {
    "room-talk": RoomTalk;
  }
}
