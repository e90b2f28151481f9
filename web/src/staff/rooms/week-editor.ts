/** The shifts of an ordinary week: a list by day, side by side where there is room. Fires "shifts" with all of them when something changes. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../../frame/announce.ts";
import type { Fault } from "../../frame/page.ts";
import { Part } from "../../frame/part.ts";
import { choices, selectField } from "../../parts/field.ts";
import { clock, span } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import { timeSpan } from "../time-span.ts";
import { nameOfWeekday, weekdays } from "../../time/week.ts";
import { clockOf, DAY, type Gap, minutesOf, type Piece, piecesOn, uncovered, wrongWith } from "./rota-week.ts";
import type { Colleague, Shift } from "./types.ts";

interface Typed {
  /** Of the shift that is changed; "" for a new one. */
  readonly id: string;
  readonly facilitator_id: string;
  readonly days: readonly number[];
  readonly start: string;
  readonly end: string;
}
const BLANK: Typed = { id: "", facilitator_id: "", days: [], start: "18:00", end: "21:00" };

export class WeekEditor extends Part {
  @property({ attribute: false }) shifts: readonly Shift[] = [];
  /** Everybody who could have a shift, for their names; and who of them runs this room now. */
  @property({ attribute: false }) people: readonly Colleague[] = [];
  @property({ attribute: false }) running: readonly string[] = [];
  @state() private typed: Typed = BLANK;
  @state() private faults: readonly Fault[] = [];

  /** Whether a shift is begun that nobody has added yet. */
  get pending(): boolean {
    return this.typed.id !== "" || this.typed.days.length > 0;
  }

  protected override render(): TemplateResult {
    return html`<ol class="rota-week" aria-label=${t("staff.rota.week")}>${weekdays().map((weekday) => this.#day(weekday))}</ol>
      ${this.#form()}`;
  }

  #day(weekday: number): TemplateResult {
    const pieces = piecesOn(weekday, this.shifts);
    const gaps = uncovered(weekday, this.shifts);
    return html`<li class="rota-day">
      <h3>${nameOfWeekday(weekday)}</h3>
      ${strip(pieces)}
      ${pieces.length ? html`<ul class="shifts">${pieces.map((piece) => this.#piece(piece, weekday))}</ul>` : nothing}
      <p class="rota-gap">${gapsInWords(gaps)}</p>
    </li>`;
  }

  #piece(piece: Piece, weekday: number): TemplateResult {
    const { shift } = piece;
    const when = spanInWords([piece.start, piece.end]);
    const label = { day: nameOfWeekday(weekday), when, name: this.#nameOf(shift.facilitator_id) };
    return html`<li class="shift">
      <p class="shift-when">${when}</p>
      <p><bdi>${label.name}</bdi></p>
      ${piece.fromBefore ? html`<p class="quiet-words">${t("staff.rota.from-before")}</p>` : piece.pastTheEnd ? html`<p class="quiet-words">${t("staff.rota.past-midnight", { when: clock(onSomeDay(minutesOf(shift.end)), "UTC") })}</p>` : nothing}
      ${piece.fromBefore ? nothing : html`<p class="shift-ways">
        <button type="button" class="link" aria-label=${t("staff.rota.change.label", label)} @click=${() => this.#change(shift)}>${t("change")}</button>
        <button type="button" class="link" aria-label=${t("staff.rota.remove.label", label)} @click=${() => this.#remove(shift)}>${t("hours.remove")}</button></p>`}
    </li>`;
  }

  #form(): TemplateResult {
    const of = this.typed;
    const changes = of.id !== "";
    return html`<fieldset class="adding" @keydown=${this.#onEnter}>
      <legend id="shift-form" tabindex="-1">${t(changes ? "staff.rota.change.heading" : "staff.rota.add.heading")}</legend>
      ${selectField({
        id: "shift-who", label: t("staff.rota.who"), value: of.facilitator_id, fault: this.#faultOf("shift-who"),
        options: [{ value: "", label: t("profile.languages.choose") }, ...this.people.filter(({ id }) => this.running.includes(id)).map(({ id, name }) => ({ value: id, label: name }))],
        onChange: (facilitator_id) => this.#type({ facilitator_id }),
      })}
      <div class="days-of-week">${choices({
        id: "shift-day", label: t(changes ? "staff.rota.day" : "staff.rota.days"), several: !changes, chosen: of.days.map(String), fault: this.#faultOf("shift-day"),
        options: weekdays().map((day) => ({ value: String(day), label: nameOfWeekday(day) })),
        onChange: (day, chosen) => this.#type({ days: changes ? [Number(day)] : chosen ? [...of.days, Number(day)] : of.days.filter((one) => one !== Number(day)) }),
      })}</div>
      <div class="field">${timeSpan({ id: "shift", start: of.start, end: of.end, faultOf: (field) => this.#faultOf(field), onChange: (part) => this.#type(part) })}
        <span class="hint">${t("staff.rota.midnight")}</span></div>
      <p class="actions">
        <button type="button" class="button quiet" @click=${() => this.add()}>${t(changes ? "staff.rota.change.yes" : "staff.rota.add")}</button>
        ${changes ? html`<button type="button" class="button quiet" @click=${this.#leave}>${t("cancel")}</button>` : nothing}
      </p>
    </fieldset>`;
  }

  /** Answers whether what is typed could be added; its faults are shown beside it. */
  add(): boolean {
    const { id, facilitator_id, days, start, end } = this.typed;
    this.faults = faultsOf(this.typed);
    const first = this.faults[0];
    if (first) {
      announce(this.faults.map(({ words }) => words).join(" "));
      void this.updateComplete.then(() => document.getElementById(first.field ?? "")?.focus());
      return false;
    }
    const added = days.map((weekday) => ({ id: id || newId(), facilitator_id, weekday, start, end }));
    this.#tell([...this.shifts.filter((shift) => shift.id !== id), ...added]);
    this.typed = { ...BLANK, facilitator_id, start, end };
    announce(t("staff.rota.added"));
    return true;
  }

  #change(shift: Shift): void {
    const { weekday, ...rest } = shift;
    this.typed = { ...rest, days: [weekday] };
    this.faults = [];
    void this.updateComplete.then(() => {
      const legend = this.querySelector<HTMLElement>("#shift-form");
      legend?.scrollIntoView({ block: "center" });
      legend?.focus();
    });
  }

  #remove(gone: Shift): void {
    this.#tell(this.shifts.filter(({ id }) => id !== gone.id));
    if (this.typed.id === gone.id) this.typed = BLANK;
    announce(t("staff.rota.removed"));
    this.querySelector<HTMLElement>("#shift-form")?.focus();
  }

  readonly #leave = (): void => {
    this.typed = BLANK;
    this.faults = [];
  };

  #nameOf(id: string): string {
    return this.people.find((person) => person.id === id)?.name ?? t("staff.rota.gone");
  }

  #type(part: Partial<Typed>): void {
    this.typed = { ...this.typed, ...part };
  }

  #faultOf(field: string): string {
    return this.faults.find((fault) => fault.field === field)?.words ?? "";
  }

  /** Enter means this, not the saving of the page around it. */
  readonly #onEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || (event.target as Element).tagName !== "INPUT") return;
    event.preventDefault();
    this.add();
  };

  #tell(shifts: readonly Shift[]): void {
    this.shifts = shifts;
    this.dispatchEvent(new CustomEvent("shifts", { detail: shifts }));
  }
}

/** As the API writes its ids. */
function newId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

function faultsOf(typed: Typed): Fault[] {
  const faults: Fault[] = [];
  if (!typed.facilitator_id) faults.push({ field: "shift-who", words: t("staff.rota.who.missing") });
  if (!typed.days.length) faults.push({ field: "shift-day", words: t("staff.rota.days.missing") });
  const wrong = wrongWith(typed);
  if (wrong) faults.push({ field: wrong === "start" ? "shift.start" : "shift.end", words: t(`staff.rota.fault.${wrong}`) });
  return faults;
}

/** The day as a strip, filled where somebody is there. The words under it say the same. */
function strip(pieces: readonly Piece[]): TemplateResult {
  return html`<svg class="rota-strip" viewBox="0 0 ${DAY} 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${pieces.map(({ start, end }) => svg`<rect x=${start} y="0" width=${end - start} height="60" />`)}
  </svg>`;
}

function gapsInWords(gaps: readonly Gap[]): string {
  if (!gaps.length) return t("staff.rota.covered");
  const [first] = gaps;
  if (first?.[0] === 0 && first[1] === DAY) return t("staff.rota.nobody.all-day");
  return t("staff.rota.nobody", { when: gaps.map(spanInWords).join(", ") });
}

function spanInWords([start, end]: Gap): string {
  if (start === 0 && end === DAY) return t("agenda.all-day");
  const words = span(onSomeDay(start), onSomeDay(end), "UTC");
  return end === DAY ? t("staff.rota.to-midnight", { span: words }) : words;
}

/** Weekdays have no date: to write a time of theirs, any will do. */
function onSomeDay(minutes: number): string {
  return `2024-01-01T${clockOf(minutes % DAY)}:00Z`;
}

customElements.define("week-editor", WeekEditor);

export function weekEditor(shifts: readonly Shift[], people: readonly Colleague[], running: readonly string[], onChange: (shifts: readonly Shift[]) => void): TemplateResult {
  return html`<week-editor .shifts=${shifts} .people=${people} .running=${running} @shifts=${(event: CustomEvent<readonly Shift[]>) => onChange(event.detail)}></week-editor>`;
}
