/** What facilitators decided about somebody's part in a room, why, and asking for a second look. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { textArea, typed } from "../parts/field.ts";
import { ownZone } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import type { Decision } from "./types.ts";

const MOST_APPEAL = 1_000;

class DecisionsPage extends Page {
  @state() private appealing = "";
  readonly #intent = new Intent();
  readonly #decisions = new Fetched(this, async () => (await call<{ decisions: Decision[] }>("GET", `/api/rooms/${this.params["id"]}/decisions`)).decisions);

  override opened(): void {
    this.appealing = "";
    this.#decisions.clear();
    void this.#decisions.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("decisions.heading"))}
      <p>${t("decisions.text")}</p>
      ${this.#decisions.render((found) => found.length
        ? html`<ul class="cards">${found.map((decision) => this.#decision(decision))}</ul>`
        : html`<p class="panel">${t("decisions.none")}</p>`)}
      <p><a class="tall" href="/rooms/${this.params["id"]}">${t("room.about.link")}</a></p>`;
  }

  #decision({ id, step, reason, at, until, appeal }: Decision): TemplateResult {
    const when = until ? dayAndClock(until, ownZone()) : "";
    return html`<li class="card" id="decision-${id}"><div>
      <h2>${tCode("step", step)}</h2>
      <p class="quiet-words">${dayAndClock(at, ownZone())}${when ? html` · ${t("decisions.until", { when })}` : nothing}</p>
      ${reason ? html`<p>${t("talk.reason")} <span dir="auto">${reason}</span></p>` : nothing}
      ${appeal ? html`<p>${t("decisions.appeal.yours")} <span dir="auto">${appeal.text}</span></p>
        <p><strong>${t(appeal.outcome === null ? "decisions.appeal.waiting" : appeal.outcome === "lifted" ? "decisions.appeal.lifted" : "decisions.appeal.upheld")}</strong></p>` : nothing}
      ${!appeal && step !== "lift" ? this.#appeal(id) : nothing}
    </div></li>`;
  }

  #appeal(id: string): TemplateResult {
    if (this.appealing !== id) return html`<p><button class="button quiet" @click=${() => this.#open(id)}>${t("decisions.appeal")}</button></p>`;
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#send(event, id)}>
      ${textArea({ id: "text", label: t("decisions.appeal.label"), hint: t("decisions.appeal.hint"), fault: this.faultOf("text"), maxLength: MOST_APPEAL })}
      <p class="actions">
        <button class="button" aria-disabled=${this.busy}>${t("decisions.appeal.send")}</button>
        <button type="button" class="button quiet" @click=${() => (this.appealing = "")}>${t("cancel")}</button>
      </p>
    </form>`;
  }

  async #open(id: string): Promise<void> {
    this.appealing = id;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#text")?.focus();
  }

  async #send(event: SubmitEvent, id: string): Promise<void> {
    event.preventDefault();
    const { text = "" } = typed(event.currentTarget as HTMLFormElement);
    if (!text) return this.blame({ field: "text", words: t("decisions.appeal.missing") });
    const sent = await this.attempt(async () => {
      const decided = await call<Decision>("POST", `/api/rooms/${this.params["id"]}/decisions/${id}/appeal`, { body: { text }, intent: this.#intent });
      this.#decisions.set((this.#decisions.value ?? []).map((one) => (one.id === id ? decided : one)));
      this.appealing = "";
    });
    if (!sent) return;
    announce(t("decisions.appeal.waiting"));
    await this.readFromHeading();
  }
}

customElements.define("decisions-page", DecisionsPage);
