/**
 * Beside a meeting: the conversation of the two, in the room they have for that. Nothing of it is loaded before it is there.
 * Needs the words "meetings".
 */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { inWords } from "../api/problem.ts";
import { Part } from "../frame/part.ts";
import { needStyles } from "../frame/styles.ts";
import type { Room } from "../rooms/types.ts";
import { needWords, t } from "../words/language.ts";

class MeetingWriting extends Part {
  @property({ attribute: false }) override prefix: "/api" | "/api/staff" = "/api";
  @property({ attribute: false }) appointment = "";
  @state() private room: Room | null = null;
  @state() private problem = "";
  readonly #intent = new Intent();

  protected override firstUpdated(): void {
    void this.#open();
  }

  protected override render(): TemplateResult {
    if (this.problem) {
      return html`<div class="panel ember" role="alert"><p>${this.problem}</p>
        <p><button type="button" class="button" @click=${this.#open}>${t("retry")}</button></p></div>`;
    }
    if (!this.room) return html`<p class="waiting" role="status">${t("waiting")}</p>`;
    return html`<room-talk .prefix=${this.prefix} .room=${this.room}
      @room-changed=${(event: CustomEvent<Partial<Room>>) => this.room && (this.room = { ...this.room, ...event.detail })}
      @room-gone=${() => (this.problem = t("meet.writing.gone"))}></room-talk>`;
  }

  readonly #open = async (): Promise<void> => {
    this.problem = "";
    try {
      const asked = call<Room>("POST", `${this.prefix}/appointments/${this.appointment}/room`, { body: {}, intent: this.#intent });
      await Promise.all([import("../rooms/talk.ts"), needWords(this.prefix === "/api" ? ["rooms"] : ["rooms", "staff-talk"]), needStyles(["rooms"])]);
      this.room = await asked;
    } catch (failure) {
      this.problem = inWords(failure);
    }
  };
}

customElements.define("meeting-writing", MeetingWriting);
