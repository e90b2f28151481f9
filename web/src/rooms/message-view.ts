/** One message on the page, and what can be done with it. */

import { html, nothing, type TemplateResult } from "lit";
import { textArea, textField } from "../parts/field.ts";
import { clock } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import { listed } from "../words/listed.ts";
import { avatar } from "./avatar.ts";
import { type Message, type Reaction, REACTIONS, type Room } from "./types.ts";
import { handle, written } from "./words.ts";

/** What the page around the messages knows and does. */
export interface Hand {
  readonly room: Room;
  readonly zone: string;
  readonly staff: boolean;
  readonly busy: boolean;
  /** The message whose actions are open, and the one that is being edited. */
  readonly open: number | null;
  readonly editing: number | null;
  find(seq: number): Message | null;
  turn(message: Message): void;
  reply(message: Message): void;
  react(message: Message, kind: Reaction): void;
  edit(message: Message | null): void;
  save(message: Message, form: HTMLFormElement): void;
  withdraw(message: Message): void;
  report(message: Message): void;
  block(message: Message): void;
  jump(seq: number): void;
  more(message: Message): unknown;
}

const EDIT_WITHIN_MS = 15 * 60_000;
const WITHDRAW_WITHIN_MS = 24 * 60 * 60_000;
export const MOST_TEXT = 4_000;
export const MOST_WARNING = 80;

const SIGNS: Readonly<Record<Reaction, string>> = { heart: "❤️", hug: "🤗", strength: "💪", same: "🤝", thanks: "🙏" };

export function messageView(message: Message, hand: Hand): TemplateResult {
  const { seq, author, mine, state, posted_at } = message;
  return html`<article id="message-${seq}" class="message ${mine ? "mine" : ""} ${state}" aria-labelledby="who-${seq}" tabindex="-1">
    ${avatar(author.id)}
    <div class="message-body">
      <div class="message-head">
        <h3 class="who" id="who-${seq}">${handle(author.handle)}${mine ? html` <span class="role">${t("talk.you")}</span>` : nothing}${role(message)}<span class="heard-only">, </span>
          <time datetime=${posted_at}>${clock(posted_at, hand.zone)}</time></h3>
        ${hand.editing === seq ? nothing : more(message, hand)}
      </div>
      ${hand.open === seq ? actions(message, hand) : nothing}
      ${quoted(message, hand)}
      ${hand.editing === seq ? editForm(message, hand) : body(message, hand)}
      ${state === "posted" ? reactions(message, hand) : nothing}
    </div>
  </article>`;
}

function role({ author }: Message): TemplateResult | typeof nothing {
  if (author.role === "facilitator") return html` <span class="role">${t("talk.role.facilitator")}</span>`;
  return author.role === "counselor" ? html` <span class="role">${t("talk.role.counselor")}</span>` : nothing;
}

function body(message: Message, hand: Hand): TemplateResult {
  const { state, mine, note, author, text } = message;
  if (state === "withdrawn") return said(mine ? t("talk.withdrawn.mine") : t("talk.withdrawn", { handle: author.handle }));
  if (state === "redacted") return html`${said(t("talk.redacted"))}${why(note)}`;
  if (state === "declined") return html`${text ? content(message) : nothing}${said(t(mine ? "talk.declined.mine" : "talk.declined"))}${why(note)}`;
  return html`${content(message)}
    ${message.edited_at ? html`<p class="state">${t("talk.edited", { when: clock(message.edited_at, hand.zone) })}</p>` : nothing}
    ${state === "held" ? said(`${t(mine ? "talk.held.mine" : "talk.held")} ${message.held_for ? tCode("held", message.held_for) : ""}`) : nothing}`;
}

function content({ text, warning, folded }: Message): TemplateResult {
  if (!warning && !folded) return written(text);
  return html`<details class="folded">
    <summary><span>${warning ? html`${t("talk.warning")} <span dir="auto">${warning}</span>` : t("talk.folded")}</span></summary>
    ${written(text)}
  </details>`;
}

function said(words: string): TemplateResult {
  return html`<p class="state">${words}</p>`;
}

function why(note: string): TemplateResult | typeof nothing {
  return note ? html`<p class="state">${t("talk.reason")} <span dir="auto">${note}</span></p>` : nothing;
}

function quoted({ reply_to }: Message, hand: Hand): TemplateResult | typeof nothing {
  if (reply_to === null) return nothing;
  const original = hand.find(reply_to);
  const words = original ? html`${handle(original.author.handle)} <span class="short" dir="auto">${inShort(original)}</span>` : t("talk.reply.earlier");
  return html`<button type="button" class="quote" @click=${() => hand.jump(reply_to)}><span class="heard-only">${t("talk.reply.to")} </span>${words}</button>`;
}

/** A line of it, to recognise it by; what is folded stays so. */
export function inShort({ text, warning, folded, state }: Message): string {
  if (warning || folded) return warning || t("talk.folded");
  return text.replace(/\s+/g, " ").slice(0, 120) || t(state === "withdrawn" ? "talk.quote.withdrawn" : "talk.quote.gone");
}

function reactions(message: Message, hand: Hand): TemplateResult | typeof nothing {
  const shown = REACTIONS.filter((kind) => message.reactions[kind]);
  if (!shown.length) return nothing;
  return html`<ul class="reactions" aria-label=${t("talk.reactions")}>${shown.map((kind) => html`<li>${mayWrite(hand) && !message.mine
    ? toggle(message, kind, hand)
    : html`<span class="reaction">${sign(kind)} ${tCode("reaction", kind)} ${count(message, kind)}</span>`}</li>`)}</ul>`;
}

function toggle(message: Message, kind: Reaction, hand: Hand): TemplateResult {
  return html`<button type="button" class="reaction" aria-pressed=${message.reacted.includes(kind)} @click=${() => hand.react(message, kind)}>
    ${sign(kind)} ${tCode("reaction", kind)} ${count(message, kind)}</button>`;
}

function sign(kind: Reaction): TemplateResult {
  return html`<span aria-hidden="true">${SIGNS[kind]}</span>`;
}

function count({ reactions: given }: Message, kind: Reaction): number | typeof nothing {
  return given[kind] || nothing;
}

function mayWrite({ room, staff }: Hand): boolean {
  return staff || (room.membership?.can_post ?? false);
}

function more(message: Message, hand: Hand): TemplateResult | typeof nothing {
  if (message.state === "withdrawn" && !hand.staff) return nothing;
  const { seq, author, posted_at } = message;
  const open = hand.open === seq;
  return html`<button type="button" class="link more" id="more-${seq}" aria-expanded=${open} aria-controls=${open ? `actions-${seq}` : nothing}
    @click=${() => hand.turn(message)}>${t("talk.more")}<span class="heard-only">: ${listed(author.handle, clock(posted_at, hand.zone))}</span></button>`;
}

function actions(message: Message, hand: Hand): TemplateResult {
  const { mine, state, posted_at, seq } = message;
  const age = Date.now() - Date.parse(posted_at);
  const live = state === "posted" || state === "held";
  const act = (words: string, work: () => void): TemplateResult => html`<button type="button" class="button quiet small" @click=${work}>${words}</button>`;
  return html`<div class="message-actions" id="actions-${seq}" role="group" aria-label=${t("talk.more.label")}>
    ${state === "posted" && !mine && mayWrite(hand) ? html`<div class="reactions">${REACTIONS.map((kind) => toggle(message, kind, hand))}</div>` : nothing}
    <div class="acts">
      ${state === "posted" && mayWrite(hand) ? act(t("talk.reply"), () => hand.reply(message)) : nothing}
      ${mine && live && age < EDIT_WITHIN_MS && mayWrite(hand) ? act(t("talk.edit"), () => hand.edit(message)) : nothing}
      ${mine && live && age < WITHDRAW_WITHIN_MS ? act(t("talk.withdraw"), () => hand.withdraw(message)) : nothing}
      ${!mine && !hand.staff && state === "posted" ? act(t("talk.report"), () => hand.report(message)) : nothing}
      ${!mine && !hand.staff && message.author.role === "member" ? act(t("talk.block"), () => hand.block(message)) : nothing}
      ${hand.more(message)}
    </div>
  </div>`;
}

function editForm(message: Message, hand: Hand): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    hand.save(message, event.currentTarget as HTMLFormElement);
  };
  return html`<form class="edit" novalidate @submit=${submit}>
    ${textArea({ id: "edited", label: t("talk.edit.label"), value: message.text, maxLength: MOST_TEXT })}
    ${textField({ id: "edited-warning", label: t("talk.warning.label"), hint: t("talk.warning.hint"), optional: true, value: message.warning ?? "" })}
    <p class="actions">
      <button class="button small" aria-disabled=${hand.busy}>${t("save")}</button>
      <button type="button" class="button quiet small" @click=${() => hand.edit(null)}>${t("cancel")}</button>
    </p>
  </form>`;
}
