/** The field to write in. Fires "written" with what was written, "typing" while it is, and "reply-dropped". */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { textField } from "../parts/field.ts";
import { t } from "../words/language.ts";
import { inShort, MOST_TEXT, MOST_WARNING } from "./message-view.ts";
import { NOTHING, type Outbox, type Written } from "./outbox.ts";
import type { Message } from "./types.ts";
import { handle } from "./words.ts";

/** From here on the number of letters left is shown. */
const NEAR = 400;
const MOST_ROWS = 8;
const LETTERS_A_ROW = 40;

export class RoomWriter extends Part {
  @property({ attribute: false }) outbox!: Outbox;
  @property({ attribute: false }) replyTo: Message | null = null;
  @property({ attribute: false }) label = "";
  @state() private text = "";
  @state() private warning = "";
  @state() private warns = false;
  @state() private fault = "";

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("outbox")) return;
    const { text, warning } = this.outbox.draft;
    this.text = text;
    this.warning = warning ?? "";
    this.warns = warning !== null;
    this.fault = "";
  }

  protected override render(): TemplateResult {
    const left = MOST_TEXT - lengthOf(this.text);
    const touch = matchMedia("(pointer: coarse)").matches;
    return html`<form class="writer" novalidate @submit=${this.#submit}>
      ${this.replyTo ? html`<p class="replying">
        <span>${t("talk.reply.to")} ${handle(this.replyTo.author.handle)}</span> <span class="short" dir="auto">${inShort(this.replyTo)}</span>
        <button type="button" class="link" @click=${this.#dropReply}>${t("talk.reply.drop")}</button></p>` : nothing}
      ${this.warns ? html`<div class="warns">
        ${textField({ id: "warning", label: t("talk.warning.label"), hint: t("talk.warning.hint"), value: this.warning, onInput: (typed) => this.#keep({ warning: typed }) })}
        <button type="button" class="link" @click=${this.#turnWarning}>${t("talk.warning.drop")}</button></div>` : nothing}
      <div class="writer-head">
        <label for="message-text">${this.label}</label>
        ${this.warns ? nothing : html`<button type="button" class="link" @click=${this.#turnWarning}>${t("talk.warning.add")}</button>`}
      </div>
      <div class="writer-line">
        <textarea id="message-text" name="text" dir="auto" rows=${rowsFor(this.text)} .value=${this.text} enterkeyhint=${touch ? "enter" : "send"}
          aria-describedby="message-hint" aria-invalid=${this.fault ? "true" : nothing} @input=${this.#typed} @keydown=${this.#pressed}></textarea>
        <button class="button send">${t("talk.send")}</button>
      </div>
      <div class="writer-foot" id="message-hint">
        ${this.fault ? html`<span class="fault">${this.fault}</span>` : nothing}
        ${left < NEAR ? html`<span class=${left < 0 ? "fault" : "count"}>${left < 0 ? t("talk.too-long", { count: -left }) : t("talk.left", { count: left })}</span>` : nothing}
        ${touch ? nothing : html`<span class="keys">${t("talk.keys")}</span>`}
      </div>
    </form>`;
  }

  override focus(): void {
    this.querySelector<HTMLElement>("#message-text")?.focus();
  }

  #keep(more: Partial<Pick<Written, "text" | "warning">>): void {
    if (more.text !== undefined) this.text = more.text;
    if (more.warning !== undefined) this.warning = more.warning ?? "";
    this.outbox.keepDraft(this.#written());
  }

  #written(): Written {
    return { text: this.text, warning: this.warns ? this.warning : null, reply_to: this.replyTo?.seq ?? null };
  }

  readonly #typed = (event: Event): void => {
    const before = MOST_TEXT - lengthOf(this.text);
    this.#keep({ text: (event.target as HTMLTextAreaElement).value });
    const left = MOST_TEXT - lengthOf(this.text);
    if (this.fault) this.fault = "";
    for (const mark of [100, 0]) if (before > mark && left <= mark) announce(t("talk.left", { count: Math.max(0, left) }));
    if (this.text.trim()) this.dispatchEvent(new Event("typing"));
  };

  /** With a keyboard Enter sends; on a touch screen it makes a new line, since there is no Shift to hold. */
  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
    const sends = event.ctrlKey || event.metaKey || !matchMedia("(pointer: coarse)").matches;
    if (!sends) return;
    event.preventDefault();
    this.#send();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    const { text, warning, reply_to } = this.#written();
    const words = { text: text.trim(), warning: warning?.trim() || null, reply_to };
    if (!words.text) this.fault = t("talk.empty");
    else if (lengthOf(words.text) > MOST_TEXT) this.fault = t("talk.too-long", { count: lengthOf(words.text) - MOST_TEXT });
    else if (lengthOf(words.warning ?? "") > MOST_WARNING) this.fault = t("talk.warning.too-long");
    else {
      this.text = this.warning = "";
      this.warns = false;
      this.outbox.keepDraft(NOTHING);
      this.dispatchEvent(new CustomEvent<Written>("written", { detail: words }));
    }
    if (this.fault) announce(this.fault);
    this.focus();
  }

  readonly #dropReply = (): void => {
    this.dispatchEvent(new Event("reply-dropped"));
    this.focus();
  };

  readonly #turnWarning = async (): Promise<void> => {
    this.warns = !this.warns;
    this.#keep({ warning: "" });
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.warns ? "#warning" : "#message-text")?.focus();
  };
}

customElements.define("room-writer", RoomWriter);

/** As the API counts: an emoji is one letter, or a few. */
function lengthOf(text: string): number {
  return [...text].length;
}

function rowsFor(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LETTERS_A_ROW)), 0);
  return Math.min(MOST_ROWS, Math.max(1, lines));
}
