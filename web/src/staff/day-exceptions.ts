/** Days off and extra hours. Fires "exceptions" with all of them when something changes. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import type { Fault } from "../frame/page.ts";
import { Part } from "../frame/part.ts";
import { choices, textField } from "../parts/field.ts";
import { later, span } from "../time/when.ts";
import { t } from "../words/language.ts";
import { clash, faultsOf } from "./hours-rules.ts";
import { DAY_END, DAY_START, timeSpan } from "./time-span.ts";
import type { DayException } from "./types.ts";
import { datesInWords, dayInWords } from "../time/week.ts";

const LONGEST_HOLIDAY_DAYS = 62;
const BLANK = { open: false, first: "", last: "", start: "09:00", end: "17:00" };

interface Run {
  readonly first: string;
  readonly last: string;
  readonly of: readonly DayException[];
}

class DayExceptions extends Part {
  @property({ attribute: false }) exceptions: readonly DayException[] = [];
  @property({ attribute: false }) today = "";
  @state() private typed = BLANK;
  @state() private faults: readonly Fault[] = [];

  /** Whether a date is typed that nobody has added yet. */
  get pending(): boolean {
    return this.typed.first !== "";
  }

  protected override render(): TemplateResult {
    const found = runs(this.exceptions.filter(({ on }) => on >= this.today));
    return html`${found.length
        ? html`<ul class="exceptions">${found.map((run) => this.#run(run))}</ul>`
        : html`<p class="quiet-words">${t("exceptions.none")}</p>`}
      <fieldset class="adding" @keydown=${this.#onEnter}>
        <legend>${t("exceptions.add.heading")}</legend>
        ${choices({
          id: "exception-kind", label: t("exceptions.kind"), chosen: [this.typed.open ? "extra" : "off"],
          options: [{ value: "off", label: t("exceptions.off"), hint: t("exceptions.off.hint") }, { value: "extra", label: t("exceptions.extra"), hint: t("exceptions.extra.hint") }],
          onChange: (kind) => this.#type({ open: kind === "extra" }),
        })}
        <div class="two">
          ${this.#date("first", t("exceptions.first"))} ${this.#date("last", t("exceptions.last"))}
        </div>
        ${this.typed.open
          ? html`<div class="field">${timeSpan({ id: "exception", ...this.typed, faultOf: (field) => this.#faultOf(field), onChange: (part) => this.#type(part) })}</div>`
          : nothing}
        <p><button type="button" class="button quiet" @click=${() => this.add()}>${t(this.typed.open ? "exceptions.add.extra" : "exceptions.add.off")}</button></p>
      </fieldset>`;
  }

  #date(id: "first" | "last", label: string): TemplateResult {
    return textField({
      id: `exception-${id}`, type: "date", label, value: this.typed[id], fault: this.#faultOf(`exception-${id}`), optional: id === "last",
      onInput: (value) => this.#type({ [id]: value }),
    });
  }

  #run({ first, last, of }: Run): TemplateResult {
    const when = first === last ? dayInWords(first) : datesInWords(first, last);
    const what = inWords(of[0]!);
    return html`<li class=${of[0]!.open ? "extra" : "off"}>
      <span><strong>${when}</strong> ${what}</span>
      <button type="button" class="link" aria-label=${t("exceptions.remove.label", { when: `${when} ${what}` })} @click=${() => this.#remove(of)}>${t("hours.remove")}</button>
    </li>`;
  }

  /** Answers whether what is typed could be added; its faults are shown beside it. */
  add(): boolean {
    const { open, first, last, start, end } = this.typed;
    const until = last || first;
    const faults: Fault[] = open ? faultsOf({ start, end }, "exception") : [];
    if (!first) faults.unshift({ field: "exception-first", words: t("exceptions.first.missing") });
    else if (until < first) faults.unshift({ field: "exception-last", words: t("exceptions.last.early") });
    else if (until < this.today) faults.unshift({ field: "exception-first", words: t("exceptions.first.past") });
    else if (until > later(first, LONGEST_HOLIDAY_DAYS)) faults.unshift({ field: "exception-last", words: t("exceptions.last.late") });
    const added: DayException[] = [];
    if (!faults.length) {
      for (let on = first; on <= until; on = later(on, 1)) added.push(open ? { on, start, end, open } : { on, start: DAY_START, end: DAY_END, open });
      if (open && this.exceptions.some((one) => added.some((other) => clash(one, other)))) faults.push({ field: "exception-first", words: t("hours.fault.twice") });
    }
    this.faults = faults;
    if (faults.length) {
      announce(faults.map(({ words }) => words).join(" "));
      void this.updateComplete.then(() => document.getElementById(faults[0]?.field ?? "")?.focus());
      return false;
    }
    this.typed = { ...BLANK, open };
    // A day off takes the place of what was off on that day before.
    this.#tell([...this.exceptions.filter((one) => !added.some((other) => clash(one, other))), ...added].sort(inOrder));
    announce(t("exceptions.added"));
    return true;
  }

  #remove(gone: readonly DayException[]): void {
    this.#tell(this.exceptions.filter((one) => !gone.includes(one)));
    announce(t("exceptions.removed"));
    document.getElementById("exception-first")?.focus();
  }

  #type(part: Partial<typeof BLANK>): void {
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

  #tell(exceptions: readonly DayException[]): void {
    this.exceptions = exceptions;
    this.dispatchEvent(new CustomEvent("exceptions", { detail: exceptions }));
  }
}

customElements.define("day-exceptions", DayExceptions);

export type { DayExceptions };

export function dayExceptions(exceptions: readonly DayException[], today: string, onChange: (exceptions: readonly DayException[]) => void): TemplateResult {
  return html`<day-exceptions .exceptions=${exceptions} .today=${today}
    @exceptions=${(event: CustomEvent<readonly DayException[]>) => onChange(event.detail)}></day-exceptions>`;
}

/** Days in a row that differ in the same way read as one: a holiday. */
function runs(exceptions: readonly DayException[]): readonly Run[] {
  const found: Run[] = [];
  for (const one of [...exceptions].sort(inOrder)) {
    const at = found.findIndex(({ last, of }) => later(last, 1) === one.on && alike(of[0]!, one));
    const run = found[at];
    if (run) found[at] = { ...run, last: one.on, of: [...run.of, one] };
    else found.push({ first: one.on, last: one.on, of: [one] });
  }
  return found;
}

function alike(one: DayException, other: DayException): boolean {
  return one.open === other.open && one.start === other.start && one.end === other.end;
}

function inOrder(one: DayException, other: DayException): number {
  return `${one.on}${one.start}`.localeCompare(`${other.on}${other.start}`);
}

function inWords({ open, start, end }: DayException): string {
  if (start === DAY_START && end === DAY_END) return t(open ? "exceptions.open.all-day" : "exceptions.closed.all-day");
  const [from, to] = [start, end === DAY_END ? DAY_START : end].map((time) => `2024-01-01T${time}:00Z`) as [string, string];
  return t(open ? "exceptions.open.some" : "exceptions.closed.some", { span: end === DAY_END ? `${start} – ${end}` : span(from, to, "UTC") });
}
