/** When clients can book: the week, the days that differ, and the rules around an appointment. */

import { html, nothing, type TemplateResult } from "lit";
import { Page } from "../frame/page.ts";
import { selectField } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { type Key, t } from "../words/language.ts";
import "./busy-calendar.ts";
import { dayExceptions, type DayExceptions } from "./day-exceptions.ts";
import { Draft } from "./draft.ts";
import { durations } from "./durations.ts";
import { faultsIn } from "./hours-rules.ts";
import { newerNotice, saveBar } from "./save-bar.ts";
import type { Availability } from "./types.ts";
import { leaveUnsaved } from "./unsaved.ts";
import { today } from "../time/week.ts";
import { weeklyHours } from "./weekly-hours.ts";

const RULES = [
  ["length_minutes", "minute", [15, 30, 45, 50, 60, 75, 90, 120]],
  ["buffer_minutes", "minute", [0, 5, 10, 15, 30, 45, 60]],
  ["notice_hours", "hour", [0, 1, 2, 4, 8, 12, 24, 48, 72, 168]],
  ["horizon_days", "day", [7, 14, 21, 28, 42, 60, 90, 180, 365]],
  ["change_notice_hours", "hour", [0, 1, 2, 4, 8, 12, 24, 48, 72]],
] as const;

/** As many as fit into one change of the calendars: the API allows no more. */
const MOST_REPEATS = 19;

class HoursPage extends Page {
  readonly #draft = new Draft<Availability>(this, () => "/api/staff/availability", ({ version: _, ...rest }) => rest);

  get unsaved(): boolean {
    return this.#draft.unsaved || (this.#adding?.pending ?? false);
  }

  get #adding(): DayExceptions | null {
    return this.querySelector<DayExceptions>("day-exceptions");
  }

  override opened(): void {
    this.faults = [];
    this.#draft.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("hours.heading"))}
      <p>${t("hours.text")}</p>
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render(() => (this.#draft.typed ? this.#form(this.#draft.typed) : nothing))}`;
  }

  #form(of: Availability): TemplateResult {
    return html`<form novalidate @submit=${this.#save}>
      ${zoneLine(of.zone, (zone) => this.#draft.change({ zone }))}
      <section aria-labelledby="weekly-heading">
        <h2 id="weekly-heading">${t("hours.weekly")}</h2>
        ${weeklyHours(of.weekly, this.faults, (weekly) => this.#draft.change({ weekly }))}
      </section>
      <section aria-labelledby="exceptions-heading">
        <h2 id="exceptions-heading">${t("exceptions.heading")}</h2>
        <p>${t("exceptions.text")}</p>
        ${dayExceptions(of.exceptions, today(of.zone), (exceptions) => this.#draft.change({ exceptions }))}
      </section>
      <section aria-labelledby="rules-heading">
        <h2 id="rules-heading">${t("rules.heading")}</h2>
        <div class="rules">
          ${RULES.map(([id, unit, offered]) => selectField({
            id, label: t(`rules.${id}`), hint: t(`rules.${id}.hint` as Key), fault: this.faultOf(id),
            value: String(of[id]), options: durations(unit, offered, of[id]),
            onChange: (value) => this.#draft.change({ [id]: Number(value) }),
          }))}
          ${selectField({
            id: "repeats", label: t("rules.repeats"), hint: t("rules.repeats.hint"), fault: this.faultOf("repeats"), value: String(of.repeats),
            options: Array.from({ length: MOST_REPEATS }, (_, at) => ({ value: String(at + 1), label: at ? String(at + 1) : t("rules.repeats.one") })),
            onChange: (value) => this.#draft.change({ repeats: Number(value) }),
          })}
        </div>
      </section>
      ${saveBar({ unsaved: this.#draft.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#discard() })}
    </form>
    <busy-calendar></busy-calendar>`;
  }

  #discard(): void {
    this.faults = [];
    this.#draft.discard();
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    // A date that was typed and not added is meant all the same.
    if (this.#adding?.pending && !this.#adding.add()) return;
    const typed = this.#draft.typed;
    if (!typed) return;
    const faults = faultsIn(typed);
    if (faults.length) return this.blame(...faults);
    if (!(await this.attempt(() => this.#draft.save()))) return;
    this.#draft.saved(t(typed.weekly.length ? "hours.saved" : "hours.saved.none"));
  };
}

customElements.define("hours-page", HoursPage);
