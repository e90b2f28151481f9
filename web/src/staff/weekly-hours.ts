/** The hours of an ordinary week, weekday by weekday. Fires "hours" with all of them when something changes. */

import { html, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import type { Fault } from "../frame/page.ts";
import { Part } from "../frame/part.ts";
import { t } from "../words/language.ts";
import { daysToCopyTo } from "./copy-days.ts";
import { timeSpan } from "./time-span.ts";
import type { Hours } from "./types.ts";
import { nameOfWeekday, weekdays } from "../time/week.ts";

const USUAL = { start: "09:00", end: "17:00" };

class WeeklyHours extends Part {
  @property({ attribute: false }) hours: readonly Hours[] = [];
  @property({ attribute: false }) faults: readonly Fault[] = [];

  protected override render(): TemplateResult {
    return html`<div class="weekdays">${weekdays().map((weekday) => this.#day(weekday))}</div>`;
  }

  #day(weekday: number): TemplateResult {
    const name = nameOfWeekday(weekday);
    const ranges = [...this.hours.entries()].filter(([, hours]) => hours.weekday === weekday);
    return html`<fieldset class="weekday">
      <legend>${name}</legend>
      ${ranges.length
        ? html`<ul class="ranges">${ranges.map(([at, hours], nth) => this.#range(at, hours, nth + 1))}</ul>`
        : html`<p class="quiet-words">${t("hours.none")}</p>`}
      <p class="weekday-actions">
        <button type="button" class="link" id="add-${weekday}" aria-label=${t("hours.add.label", { day: name })} @click=${() => this.#add(weekday)}>${t(ranges.length ? "hours.add.more" : "hours.add")}</button>
        ${ranges.length ? html`<button type="button" class="link" aria-label=${t("hours.copy.label", { day: name })} @click=${() => this.#copy(weekday)}>${t("hours.copy")}</button>` : ""}
      </p>
    </fieldset>`;
  }

  #range(at: number, { weekday, start, end }: Hours, number: number): TemplateResult {
    return html`<li id="weekly.${at}" tabindex="-1">
      ${timeSpan({
        id: `weekly.${at}`, start, end,
        faultOf: (field) => this.faults.find((fault) => fault.field === field)?.words ?? "",
        onChange: (part) => this.#tell(this.hours.map((hours, where) => (where === at ? { ...hours, ...part } : hours))),
      })}
      <button type="button" class="link" aria-label=${t("hours.remove.label", { day: nameOfWeekday(weekday), number })} @click=${() => this.#remove(at)}>${t("hours.remove")}</button>
    </li>`;
  }

  async #add(weekday: number): Promise<void> {
    const last = this.hours.filter((hours) => hours.weekday === weekday).at(-1);
    this.#tell([...this.hours, { weekday, ...(last ? { start: "", end: "" } : USUAL) }]);
    await this.updateComplete;
    document.getElementById(`weekly.${this.hours.length - 1}.start`)?.focus();
  }

  async #remove(at: number): Promise<void> {
    const weekday = this.hours[at]?.weekday;
    this.#tell(this.hours.filter((_, where) => where !== at));
    await this.updateComplete;
    document.getElementById(`add-${weekday}`)?.focus();
  }

  async #copy(from: number): Promise<void> {
    const days = await daysToCopyTo(from);
    if (!days.length) return;
    const copied = this.hours.filter(({ weekday }) => weekday === from);
    this.#tell([
      ...this.hours.filter(({ weekday }) => !days.includes(weekday)),
      ...days.flatMap((weekday) => copied.map((hours) => ({ ...hours, weekday }))),
    ]);
    announce(t("hours.copied"));
  }

  #tell(hours: readonly Hours[]): void {
    this.hours = hours;
    this.dispatchEvent(new CustomEvent("hours", { detail: hours }));
  }
}

customElements.define("weekly-hours", WeeklyHours);

export function weeklyHours(hours: readonly Hours[], faults: readonly Fault[], onChange: (hours: readonly Hours[]) => void): TemplateResult {
  return html`<weekly-hours .hours=${hours} .faults=${faults} @hours=${(event: CustomEvent<readonly Hours[]>) => onChange(event.detail)}></weekly-hours>`;
}
