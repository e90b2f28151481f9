/** On a counselor's page: writing to them. Nothing is shown where they do not offer it. */

import { html, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { inWords } from "../api/problem.ts";
import { Part } from "../frame/part.ts";
import { router } from "../frame/router.ts";
import { ownZone } from "../people/preferences.ts";
import { needWords, t } from "../words/language.ts";
import type { Desk, Room } from "./types.ts";
import { replyInWords, soon } from "./words.ts";

class CounselorDesk extends Part {
  @property({ attribute: false }) counselor = "";
  @property({ attribute: false }) name = "";
  @state() private desk: Desk | null = null;
  @state() private problem = "";
  readonly #intent = new Intent();
  #busy = false;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("counselor")) void this.#load();
  }

  protected override render(): TemplateResult {
    const { desk, name } = this;
    if (!desk?.offers_messages) return html``;
    return html`<section class="panel" aria-labelledby="desk">
      <h2 id="desk">${t("desk.heading", { name })}</h2>
      <p>${desk.absence ? t("thread.absent", { name, when: soon(desk.absence.until, ownZone()) }) : replyInWords(desk.reply_within_hours)} ${t("thread.not-watched")}</p>
      ${desk.absence?.note ? html`<p dir="auto">${desk.absence.note}</p>` : ""}
      ${this.problem ? html`<p class="fault" role="alert">${this.problem}</p>` : ""}
      <p>${desk.room_id
        ? html`<a class="button quiet" href="/messages/${desk.room_id}">${t("desk.go-on")}</a>`
        : html`<button class="button quiet" @click=${this.#open}>${t("desk.write")}</button>`}</p>
    </section>`;
  }

  /** Booking does not wait for this, and is not disturbed when it fails. */
  async #load(): Promise<void> {
    const asked = this.counselor;
    this.desk = null;
    const [desk] = await Promise.all([call<Desk>("GET", `/api/counselors/${asked}/desk`).catch(() => null), needWords(["rooms"])]);
    if (asked === this.counselor) this.desk = desk;
  }

  readonly #open = async (): Promise<void> => {
    if (this.#busy) return;
    this.#busy = true;
    this.problem = "";
    try {
      const { id } = await call<Room>("POST", `/api/counselors/${this.counselor}/room`, { body: {}, intent: this.#intent });
      await router.go(`/messages/${id}`);
    } catch (failure) {
      this.problem = inWords(failure);
    } finally {
      this.#busy = false;
    }
  };
}

customElements.define("counselor-desk", CounselorDesk);
