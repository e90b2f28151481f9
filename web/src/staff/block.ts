/** Time in which nobody can book: a doctor's visit, a training, a long lunch. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { type Fault, Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { describedBy, notes, textField, typed } from "../parts/field.ts";
import { offsetOf, zoneHere, zoneInWords } from "../time/zones.ts";
import { t } from "../words/language.ts";
import { leaveUnsaved } from "./unsaved.ts";
import { instantAt } from "./wall-clock.ts";
import { today } from "../time/week.ts";

/** Seven days, and an hour for clocks that go back. */
const LONGEST_MS = (7 * 24 + 1) * 3_600_000;
const LONGEST_NOTE = 300;

class BlockPage extends Page {
  unsaved = false;
  @state() private inTheWay: readonly string[] = [];
  #first = "";
  readonly #intent = new Intent();

  override opened(): void {
    this.faults = [];
    this.inTheWay = [];
    this.unsaved = false;
    this.#first = this.params["date"] ?? today(this.#zone);
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  get #zone(): string {
    return staff.person?.zone ?? zoneHere();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("block.heading"))}
      <p>${t("block.text")}</p>
      <p class="zone-note">${t("zone.shown-in")} <strong>${zoneInWords(this.#zone)}</strong> <bdi class="quiet-words">${offsetOf(this.#zone)}</bdi></p>
      ${this.inTheWay.length ? this.#appointments() : nothing}
      <form novalidate @submit=${this.#block} @input=${() => (this.unsaved = true)}>
        ${this.#moment("start", t("block.start"))} ${this.#moment("end", t("block.end"))}
        ${textField({ id: "note", label: t("block.note"), hint: t("block.note.hint"), optional: true, fault: this.faultOf("note") })}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("block.button")}</button>
          <a class="button quiet" href="/staff/agenda/week/${this.#first}">${t("cancel")}</a>
        </p>
      </form>`;
  }

  #moment(id: "start" | "end", label: string): TemplateResult {
    const of = { id, label, fault: this.faultOf(id) };
    return html`<fieldset class="field ${of.fault ? "at-fault" : ""}" aria-describedby=${describedBy(of)}>
      <legend>${label}</legend> ${notes(of)}
      <div class="moment">
        <label for=${id}>${t("date")}</label>
        <input type="date" id=${id} name="${id}_date" .value=${this.#first} @change=${this.#follow}>
        <label for="${id}_time">${t("time")}</label>
        <input type="time" id="${id}_time" name="${id}_time" step="900">
      </div>
    </fieldset>`;
  }

  #appointments(): TemplateResult {
    return html`<div class="panel ember"><p>${t("block.in-the-way")}</p>
      <ul>${this.inTheWay.map((id, at) => html`<li><a href="/staff/appointments/${id}">${t("block.appointment", { number: at + 1 })}</a></li>`)}</ul></div>`;
  }

  /** Most blocks end on the day they begin. */
  #follow(event: Event): void {
    const [first, last] = ["start", "end"].map((id) => this.querySelector<HTMLInputElement>(`#${id}`));
    if (event.target === first && first && last && last.value < first.value) last.value = first.value;
  }

  readonly #block = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const given = typed(event.currentTarget as HTMLFormElement);
    const [start, end] = (["start", "end"] as const).map((id) => instantAt(this.#zone, given[`${id}_date`] ?? "", given[`${id}_time`] ?? ""));
    const faults: Fault[] = [];
    for (const [id, found] of [["start", start], ["end", end]] as const) {
      const whole = given[`${id}_date`] && given[`${id}_time`];
      if (!found) faults.push({ field: id, words: t(whole ? "block.no-such-time" : `block.${id}.missing`) });
    }
    if (start && end) faults.push(...faultsOf(start, end));
    if ((given["note"]?.length ?? 0) > LONGEST_NOTE) faults.push({ field: "note", words: t("block.note.long", { count: LONGEST_NOTE }) });
    if (faults.length || !start || !end) return this.blame(...faults);
    this.inTheWay = [];
    const body = { start, end, note: given["note"] ?? "" };
    await this.attempt(async () => {
      await call("POST", "/api/staff/blocks", { body, intent: this.#intent }).catch((failure: unknown) => this.#explain(failure));
      this.#intent.done();
      this.unsaved = false;
      await router.go(`/staff/agenda/week/${given["start_date"]}`);
      announce(t("block.done"));
    });
  };

  #explain(failure: unknown): never {
    if (!(failure instanceof Problem) || failure.code !== "slot_taken") throw failure;
    this.inTheWay = (failure.extra["appointments"] as string[] | undefined) ?? [];
    throw new Problem(this.inTheWay.length ? "block_taken" : "block_overlaps", failure.status);
  }
}

function faultsOf(start: string, end: string): Fault[] {
  if (end <= start) return [{ field: "end", words: t("block.end.early") }];
  if (Date.parse(end) <= Date.now()) return [{ field: "end", words: t("block.end.past") }];
  if (Date.parse(end) - Date.parse(start) > LONGEST_MS) return [{ field: "end", words: t("block.end.late") }];
  return [];
}

customElements.define("block-page", BlockPage);
