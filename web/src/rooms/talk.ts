/**
 * The conversation in a room: its messages, and writing one. For members and, with the prefix "/api/staff", for the staff.
 *
 * Fires "room-changed" with the room as it is now (its mode, the reader's standing), and "room-gone" when it is no longer
 * theirs to see. Needs the words "rooms" and the style sheet "rooms".
 */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { liveOf } from "../api/live-here.ts";
import { member, staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { dateIn, longDay } from "../time/when.ts";
import { t } from "../words/language.ts";
import { Conversation, type Listener } from "./conversation.ts";
import { Deeds } from "./deeds.ts";
import { helpCard } from "./help-card.ts";
import { logTop } from "./log-top.ts";
import { inShort, messageView } from "./message-view.ts";
import { closeOutboxes, outboxOf, type Written } from "./outbox.ts";
import { RoomNow } from "./room-now.ts";
import { type Row, rows } from "./rows.ts";
import { isAtEnd, Scroll, toEnd, toFirstNew } from "./scroll.ts";
import { modeBanner, statusLine, whyNot } from "./standing.ts";
import { Timeline } from "./timeline.ts";
import type { Message, Room, RoomMode } from "./types.ts";
import { unsentView } from "./unsent-view.ts";
import { zoneOf } from "./words.ts";
import "./writer.ts";

/** So close to the top, older messages are fetched before anybody asks. */
const NEAR_TOP_PX = 160;

export class RoomTalk extends Part implements Listener {
  @property({ attribute: false }) override prefix: "/api" | "/api/staff" = "/api";
  @property({ attribute: false }) room!: Room;
  /** The message to begin at; 0 is what is new. */
  @property({ attribute: false }) at = 0;
  /** What else can be done with a message, drawn at the end of its actions. */
  @property({ attribute: false }) actions: (message: Message) => unknown = () => nothing;
  /** How many came while the reader was further up. */
  @state() private below = 0;
  talk!: Conversation;
  /** The line of the new messages stands after this number: what comes while somebody looks on is not marked. */
  #readUpTo = 0;
  #helped: Conversation["help"] = null;
  #drawnFrom = 0;
  readonly #scroll = new Scroll();
  readonly #now = new RoomNow(this);
  readonly #deeds = new Deeds(this);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#away);
    this.#now.end();
    this.talk?.end();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#away);
    if (this.talk) this.begin();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("room")) this.#now.plan();
    const place = this.talk?.place;
    if (place?.room !== this.room.id || place.prefix !== this.prefix) this.begin();
    else this.#scroll.remember(this.#list);
  }

  protected override render(): TemplateResult {
    const { talk } = this;
    const zone = zoneOf(this.prefix);
    const blocked = this.prefix === "/api" ? whyNot(this.room, zone, () => void this.#accept()) : null;
    return html`${modeBanner(this.room, zone)}
      ${statusLine(this.room, this.prefix, talk)}
      <div class="log-frame">
        <div class="log" role="log" aria-live="off" aria-label=${t("talk.log")} tabindex="0" @scroll=${this.#scrolled}>
          ${logTop(talk, this.room, () => void talk.catchUp(true), this.#older)}
          ${repeat(this.#rows(talk, zone), ({ key }) => key, (row) => this.#row(row, zone))}
        </div>
        ${this.below || !this.#scroll.atEnd ? html`<button type="button" class="button quiet small jump" @click=${() => this.#toEnd(true)}>
          ${this.below ? t("talk.jump.new", { count: this.below }) : t("talk.jump")}</button>` : nothing}
      </div>
      ${this.#deeds.problem ? html`<p class="talk-problem fault" role="alert">${this.#deeds.problem}</p>` : nothing}
      ${talk.help ? helpCard(talk.help, this.room, () => this.#closeHelp()) : nothing}
      ${blocked ?? html`<room-writer .outbox=${talk.outbox} .replyTo=${this.#deeds.replyTo} .label=${this.#label()}
        @written=${(event: CustomEvent<Written>) => this.#write(event.detail)} @typing=${() => talk.types()}
        @reply-dropped=${() => this.#deeds.reply(null)}></room-writer>`}`;
  }

  protected override updated(): void {
    const { talk } = this;
    const { started, from } = talk.timeline;
    const list = this.#list;
    if (started && !this.#drawnFrom && this.at) void this.jump(this.at);
    else if (started && !this.#drawnFrom && list) {
      toFirstNew(list, this.querySelector("#new-line"));
      this.#scroll.atEnd = isAtEnd(list);
      if (!this.querySelector("#new-line")) this.#readUpTo = Infinity;
      // The way to the newest is offered where it is out of sight.
      if (!this.#scroll.atEnd) this.requestUpdate();
    } else if (started) this.#scroll.restore();
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

  modeIs(mode: RoomMode): void {
    this.#now.modeIs(mode);
  }

  standingChanged(): void {
    this.#now.ask();
  }

  gone(): void {
    this.dispatchEvent(new Event("room-gone"));
  }

  /** Opens the conversation, or reads it anew. */
  begin(): void {
    this.talk?.end();
    const self = this.room.membership?.member_id ?? "";
    const outbox = outboxOf(`hearthline.room.${this.prefix}.${this.room.id}`, self);
    this.#readUpTo = this.room.membership?.read_seq ?? 0;
    this.#drawnFrom = 0;
    this.#deeds.clear();
    this.below = 0;
    this.#scroll.atEnd = true;
    this.talk = new Conversation({ prefix: this.prefix, room: this.room.id }, new Timeline(self), outbox, liveOf(this.prefix), this);
    this.talk.begin();
    this.requestUpdate();
  }

  #rows({ timeline, outbox }: Conversation, zone: string): Row[] {
    if (!timeline.started) return [];
    return rows(timeline.messages(), outbox.unsent, this.#readUpTo, (instant) => dateIn(zone, instant));
  }

  #row(row: Row, zone: string): TemplateResult {
    if (row.kind === "day") return html`<h2 class="day-line"><span>${longDay(row.at, zone)}</span></h2>`;
    if (row.kind === "new") return html`<p class="new-line" id="new-line"><span>${t("talk.new")}</span></p>`;
    if (row.kind === "message") return messageView(row.message, this.#deeds);
    const { outbox } = this.talk;
    const id = row.unsent.client_id;
    return unsentView(row.unsent, () => {
      outbox.retry(id);
      this.talk.send();
    }, () => outbox.remove(id));
  }

  #label(): string {
    if (this.room.kind === "direct") return this.prefix === "/api" ? t("talk.write.to", { name: this.room.counselor?.name ?? "" }) : t("talk.write");
    const name = this.room.membership?.handle ?? "";
    return name ? t("talk.write.as", { handle: name }) : t("talk.write");
  }

  #write(words: Written): void {
    this.#deeds.replyTo = null;
    this.#scroll.atEnd = true;
    this.talk.write(words);
    this.#toEnd(false);
  }

  async #accept(): Promise<void> {
    await this.#deeds.attempt(async () => {
      const body = { version: this.room.guidelines_version };
      this.#now.is(await call<Room>("PUT", `${this.prefix}/rooms/${this.room.id}/guidelines`, { body, intent: new Intent() }));
    });
    await this.updateComplete;
    this.#deeds.toWriter();
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
    this.talk.help = null;
    this.requestUpdate();
    this.#deeds.toWriter();
  }

  // Scrolling.

  get #list(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".log");
  }

  readonly #older = (): void => void this.talk.older().catch(() => {});

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

  readonly #away = (): void => {
    if (document.visibilityState === "hidden" && this.#scroll.atEnd) this.#readUpTo = this.talk.timeline.upTo;
  };

  #seen(): void {
    if (this.talk.timeline.started && this.#list && isAtEnd(this.#list)) this.talk.seen();
  }

  #toEnd(focus: boolean): void {
    const list = this.#list;
    if (!list) return;
    toEnd(list);
    this.below = 0;
    if (focus) list.focus();
  }

  async jump(seq: number): Promise<void> {
    const { timeline } = this.talk;
    for (let from = 0; !this.querySelector(`#message-${seq}`) && timeline.older !== null && from !== timeline.from; ) {
      from = timeline.from;
      await this.talk.older().catch(() => {});
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
