/** The open times of a counselor, a week at a time, by day in the person's zone. Fires "slot-chosen" with the slot. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import type { Appointment, Counselor, Slot } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { Fetched } from "../parts/fetched.ts";
import { byDay, clock, dateIn, dateRange, dayAndClock, later, longDay, shortDay } from "../time/when.ts";
import { t } from "../words/language.ts";

const DAYS = 7;
/** Beyond this the API offers nothing anyway: counselors open their calendars some weeks ahead. */
const MOST_WEEKS = 90;

class OpenTimes extends Part {
  @property({ attribute: false }) counselor = "";
  @property({ attribute: false }) zone = "UTC";
  /** What another time is looked for: the weeks begin with its own, and it may go where nothing new is booked yet. */
  @property({ attribute: false }) moving: Appointment | null = null;
  @state() private week = 0;
  /** The counselor's next open time, asked for only when the week is empty. */
  @state() private next: Slot | null | undefined;
  readonly #slots = new Fetched<readonly Slot[]>(this, () => this.#fetch());

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("counselor") && !changed.has("zone")) return;
    if (changed.has("counselor")) this.week = this.moving?.series ? this.#weekOf(this.moving.start) : 0;
    void this.#slots.load();
  }

  protected override render(): TemplateResult {
    const from = this.#from();
    return html`<div class="times">
      <div class="times-weeks">
        <button type="button" class="button quiet" aria-disabled=${this.week === 0} @click=${() => this.#turn(-1)}>${t("times.earlier")}</button>
        <p>${dateRange(from, later(from, DAYS - 1))}</p>
        <button type="button" class="button quiet" aria-disabled=${this.week >= MOST_WEEKS} @click=${() => this.#turn(1)}>${t("times.later")}</button>
      </div>
      ${this.#slots.render((slots) => (slots.length ? this.#days(slots) : this.#none()))}
    </div>`;
  }

  #days(slots: readonly Slot[]): TemplateResult[] {
    return byDay(slots, this.zone).map(([day, times]) => html`<section class="day" aria-labelledby="day-${day}">
      <h3 id="day-${day}">${longDay(times[0]?.start ?? day, this.zone)}</h3>
      <ul>${times.map((slot) => html`<li>
        <button type="button" class="slot" @click=${() => this.#choose(slot)}>${clock(slot.start, this.zone)}<span class="heard-only">, ${shortDay(slot.start, this.zone)}</span></button>
      </li>`)}</ul>
    </section>`);
  }

  #none(): TemplateResult {
    return html`<div class="panel">
      <p>${this.next === null ? t("times.none.ever") : t("times.none")}</p>
      ${this.next ? html`<p><button type="button" class="button" @click=${this.#toNext}>${t("times.none.next", { when: dayAndClock(this.next.start, this.zone) })}</button></p>` : nothing}
    </div>`;
  }

  #from(): string {
    return later(dateIn(this.zone), this.week * DAYS);
  }

  async #fetch(): Promise<readonly Slot[]> {
    const asked = new URLSearchParams({ from: this.#from(), days: String(DAYS), zone: this.zone, ...(this.moving?.series ? { moving: this.moving.id } : {}) });
    const { slots } = await call<{ slots: Slot[] }>("GET", `/api/counselors/${this.counselor}/slots?${asked}`);
    if (!slots.length) this.next = (await call<Counselor>("GET", `/api/counselors/${this.counselor}`)).next_slot;
    return slots;
  }

  async #turn(by: number): Promise<void> {
    const week = Math.min(MOST_WEEKS, Math.max(0, this.week + by));
    if (week === this.week) return;
    this.week = week;
    await this.#slots.load();
    await this.updateComplete;
    announce(this.querySelector(".times-weeks p")?.textContent ?? "");
  }

  #toNext(): void {
    if (!this.next) return;
    this.week = this.#weekOf(this.next.start);
    void this.#slots.load();
  }

  #weekOf(start: string): number {
    const away = Date.parse(dateIn(this.zone, start)) - Date.parse(dateIn(this.zone));
    return Math.max(0, Math.floor(away / (DAYS * 86_400_000)));
  }

  #choose(slot: Slot): void {
    this.dispatchEvent(new CustomEvent("slot-chosen", { detail: slot }));
  }
}

customElements.define("open-times", OpenTimes);

export function openTimes(counselor: string, zone: string, onChosen: (slot: Slot) => void, moving: Appointment | null = null): TemplateResult {
  return html`<open-times .counselor=${counselor} .zone=${zone} .moving=${moving} @slot-chosen=${(event: CustomEvent<Slot>) => onChosen(event.detail)}></open-times>`;
}
