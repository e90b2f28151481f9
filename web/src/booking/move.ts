/** Moving an appointment: choose another time, check, done. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import type { Appointment, Slot } from "../api/types.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { Fetched } from "../parts/fetched.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { t } from "../words/language.ts";
import { type Conflict, conflictOf, nextTimes } from "./conflict.ts";
import { openTimes } from "./open-times.ts";
import { whenInFull } from "./words.ts";

class MovePage extends Page {
  @state() private chosen: Slot | null = null;
  @state() private conflict: Conflict | null = null;
  readonly #intent = new Intent();
  readonly #appointment = new Fetched<Appointment>(this, () => call("GET", `/api/appointments/${this.params["id"]}`));

  override opened(): void {
    this.chosen = null;
    this.conflict = null;
    this.faults = [];
    void this.#appointment.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t(this.chosen ? "move.check" : "move.heading"))}
      ${this.conflict ? nextTimes(this.conflict, ownZone(), (slot) => this.#choose(slot), html`<button class="link" @click=${() => this.#choose(null)}>${t("book.all")}</button>`) : nothing}
      ${this.#appointment.render((appointment) => (this.chosen ? this.#check(appointment, this.chosen) : this.#times(appointment)))}
      <p><a class="tall" href="/appointments/${this.params["id"] ?? ""}">${t("back")}</a></p>`;
  }

  #times(appointment: Appointment): TemplateResult {
    return html`<dl class="facts">
        <div><dt>${t("book.counselor")}</dt><dd><bdi>${appointment.counselor.name}</bdi></dd></div>
        <div><dt>${t("move.old")}</dt><dd>${whenInFull(appointment, ownZone())}</dd></div>
      </dl>
      <h2>${t("counselor.times")}</h2>
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      ${openTimes(appointment.counselor.id, ownZone(), (slot) => this.#choose(slot), appointment)}`;
  }

  #check(appointment: Appointment, slot: Slot): TemplateResult {
    if (appointment.series) return this.#checkSeries(appointment, slot);
    return html`<dl class="facts">
        <div><dt>${t("book.counselor")}</dt><dd><bdi>${appointment.counselor.name}</bdi></dd></div>
        <div><dt>${t("move.old")}</dt><dd>${whenInFull(appointment, ownZone())}</dd></div>
        <div><dt>${t("move.new")}</dt><dd>${whenInFull(slot, ownZone())}</dd></div>
      </dl>
      <p class="actions">
        <button class="button" aria-disabled=${this.busy} @click=${() => this.#move(appointment, slot)}>${t("move.button")}</button>
        <button class="button quiet" @click=${() => this.#choose(null)}>${t("move.other")}</button>
      </p>`;
  }

  #checkSeries(appointment: Appointment, slot: Slot): TemplateResult {
    void import("./series-move.ts").catch(() => {});
    return html`<series-move .appointment=${appointment} .to=${slot} @other-time=${() => this.#choose(null)}></series-move>`;
  }

  #choose(slot: Slot | null): void {
    this.chosen = slot;
    this.conflict = null;
    void this.readFromHeading();
  }

  async #move({ id, version }: Appointment, slot: Slot): Promise<void> {
    this.conflict = null;
    await this.attempt(async () => {
      try {
        await call<Appointment>("POST", `/api/appointments/${id}/reschedule`, { body: { start: slot.start, version }, intent: this.#intent });
        await router.go(`/appointments/${id}/moved`, "replace");
      } catch (failure) {
        this.conflict = conflictOf(failure);
        if (failure instanceof Problem && failure.code === "changed_meanwhile") void this.#appointment.load();
        if (!this.conflict) throw failure;
        await this.updateComplete;
        this.querySelector<HTMLElement>(".conflict")?.focus();
      }
    });
  }
}

customElements.define("move-page", MovePage);
