/** `<next-appointment appointment="id">`: books the next one with the same client in two steps: choose a time, confirm it. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { Problem } from "../../api/problem.ts";
import { staff } from "../../api/sign-in.ts";
import { announce } from "../../frame/announce.ts";
import { Fetched } from "../../parts/fetched.ts";
import { daySpan } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import type { StaffAppointment } from "../types.ts";
import { Beside } from "./beside.ts";
import { afterRefusal, explained } from "./next-rules.ts";
import type { Slot, Suggested } from "./types.ts";

class NextAppointment extends Beside {
  @property() appointment = "";
  @state() private chosen: Slot | null = null;
  @state() private booked: StaffAppointment | null = null;
  readonly #times = new Fetched<Suggested>(this, () => call("GET", this.#address));
  readonly #intent = new Intent();

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("appointment") && this.appointment) this.#begin();
  }

  protected override draw(): TemplateResult {
    if (this.booked) return this.#done(this.booked);
    return html`${this.#times.render((times) => (this.chosen ? this.#confirm(this.chosen) : this.#choose(times)))}`;
  }

  #choose({ same_time: same, others, booked }: Suggested): TemplateResult {
    return html`${booked.length ? html`<p>${t("next.booked")}</p><ul>${booked.map((slot) => html`<li>${this.#inWords(slot)}</li>`)}</ul>` : nothing}
      <p>${t("next.text")}</p>
      ${same ? html`<p>${t("next.same")}</p> ${this.#slots([same])}` : nothing}
      ${others.length ? html`<p>${t("next.others")}</p> ${this.#slots(others)}` : nothing}
      ${same || others.length ? nothing : html`<p>${t("next.none")} <a href="/staff/hours">${t("next.hours")}</a></p>`}`;
  }

  #slots(slots: readonly Slot[]): TemplateResult {
    return html`<ul class="next-times">${slots.map((slot) => html`<li>
      <button type="button" class="button quiet" @click=${() => this.#take(slot)}>${this.#inWords(slot)}</button></li>`)}</ul>`;
  }

  #confirm(slot: Slot): TemplateResult {
    return html`<div class="panel">
      <p class="next-ask" tabindex="-1">${t("next.ask")} <strong>${this.#inWords(slot)}</strong></p>
      <p class="actions">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.#book(slot)}>${t("next.book")}</button>
        <button type="button" class="button quiet" @click=${() => this.#take(null)}>${t("next.other")}</button>
      </p>
    </div>`;
  }

  #done(booked: StaffAppointment): TemplateResult {
    return html`<div class="panel good">
      <p class="next-ask" tabindex="-1">${t("next.done", { when: this.#inWords(booked) })}</p>
      <p><a href="/staff/appointments/${booked.id}">${t("next.show")}</a></p>
      <p><button type="button" class="link" @click=${() => this.#begin()}>${t("next.more")}</button></p>
    </div>`;
  }

  get #address(): string {
    return `/api/staff/appointments/${this.appointment}/next`;
  }

  #inWords({ start, end }: Slot): string {
    const zone = staff.person?.zone ?? zoneHere();
    return daySpan(start, end, zone);
  }

  #begin(): void {
    this.chosen = this.booked = null;
    this.#times.clear();
    void this.#times.load();
  }

  async #take(slot: Slot | null): Promise<void> {
    this.faults = [];
    this.chosen = slot;
    await this.updateComplete;
    this.querySelector<HTMLElement>(slot ? ".next-ask" : ".next-times button")?.focus();
  }

  async #book({ start }: Slot): Promise<void> {
    const done = await this.attempt(async () => {
      try {
        this.booked = await call<StaffAppointment>("POST", this.#address, { body: { start }, intent: this.#intent });
      } catch (failure) {
        const left = failure instanceof Problem && this.#times.value && afterRefusal(failure, this.#times.value);
        if (left) {
          this.#times.set(left);
          this.chosen = null;
        }
        throw explained(failure);
      }
    });
    if (done && this.booked) announce(t("next.done", { when: this.#inWords(this.booked) }));
    await this.updateComplete;
    this.querySelector<HTMLElement>(done ? ".next-ask" : ".next-times button")?.focus();
  }
}

customElements.define("next-appointment", NextAppointment);
