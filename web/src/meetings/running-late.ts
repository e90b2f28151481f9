/**
 * `<running-late>`: on the pages of an appointment and its meeting, says how late the other one comes, and lets whoever
 * reads say with one tap how late they come themselves. It tells the page with the event `late` what the API answered.
 */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import type { Appointment } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { needWords, t } from "../words/language.ts";
import type { Late } from "./late-place.ts";

const MINUTES = [5, 10, 15] as const;

class RunningLate extends PagePart {
  @property({ attribute: false }) of: Late | null = null;
  @property({ attribute: false }) side: "/api" | "/api/staff" = "/api";
  /** What the reader calls the other one. */
  @property({ attribute: false }) name = "";
  @state() private ready = false;
  /** What was said here, until the page knows it too. */
  @state() private said = 0;
  readonly #saying = new Intent();

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["late"]).then(() => (this.ready = true), () => {});
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready || !this.of) return nothing;
    const { name } = this;
    const { client_delay, counselor_delay } = this.of;
    const theirs = this.side === "/api" ? counselor_delay : client_delay;
    const own = this.said || (this.side === "/api" ? client_delay : counselor_delay);
    return html`<section class="running-late" aria-labelledby="running-late">
      ${theirs ? html`<p class="panel" role="status">${t("late.theirs", { name, count: theirs })}</p>` : nothing}
      ${this.trouble()}
      <h2 id="running-late">${t("late.heading")}</h2>
      <p>${own ? t("late.said", { name, count: own }) : t("late.text", { name })}</p>
      <p class="actions">${MINUTES.map((count) => html`<button type="button" class="button quiet small" aria-disabled=${this.busy} @click=${() => void this.#say(count)}>${t("late.minutes", { count })}</button>`)}</p>
    </section>`;
  }

  async #say(minutes: number): Promise<void> {
    const { of } = this;
    if (!of) return;
    const done = await this.attempt(async () => {
      const detail = await call<Appointment>("POST", `${this.side}/appointments/${of.id}/late`, { body: { minutes }, intent: this.#saying });
      this.#saying.done();
      this.said = minutes;
      this.dispatchEvent(new CustomEvent("late", { detail }));
    });
    if (done) announce(t("late.said", { name: this.name, count: minutes }));
  }
}

customElements.define("running-late", RunningLate);
