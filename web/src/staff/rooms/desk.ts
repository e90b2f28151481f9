/** What clients are told about a counselor's answers: how soon, and when not. */

import { html, nothing, type TemplateResult } from "lit";
import { staff } from "../../api/sign-in.ts";
import { type Fault, Page } from "../../frame/page.ts";
import { choices, selectField, textArea, textField } from "../../parts/field.ts";
import { dateIn, later } from "../../time/when.ts";
import { offsetOf, zoneHere, zoneInWords } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { Draft } from "../draft.ts";
import { durations } from "../durations.ts";
import { newerNotice, saveBar } from "../save-bar.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { clockAt, instantAt } from "../wall-clock.ts";
import type { Desk } from "./types.ts";

const HOURS = [4, 8, 12, 24, 48, 72, 96, 168] as const;
const LONGEST_NOTE = 300;
const USUAL_DAYS = 7;
const MORNING = "09:00";

class DeskPage extends Page {
  readonly #draft = new Draft<Desk>(this, () => "/api/staff/desk", ({ reply_within_hours, absence }) => ({ reply_within_hours, absence: absence && { note: absence.note.trim(), until: absence.until } }));

  get unsaved(): boolean {
    return this.#draft.unsaved;
  }

  override opened(): void {
    this.faults = [];
    this.#draft.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("staff.desk.heading"))}
      <p>${t("staff.desk.text")}</p>
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render((kept) => this.#form(this.#draft.typed ?? kept))}
      <p><a class="tall" href="/staff/messages">${t("staff.messages.back")}</a></p>`;
  }

  #form({ reply_within_hours, absence }: Desk): TemplateResult {
    return html`<form novalidate @submit=${this.#save}>
      ${selectField({
        id: "reply_within_hours", label: t("staff.desk.reply"), hint: t("staff.desk.reply.hint"), fault: this.faultOf("reply_within_hours"),
        value: String(reply_within_hours), options: durations("hour", HOURS, reply_within_hours), onChange: (hours) => this.#draft.change({ reply_within_hours: Number(hours) }),
      })}
      ${choices({
        id: "away", label: t("staff.desk.away"), several: true, chosen: absence ? ["yes"] : [], fault: this.faultOf("absence"),
        options: [{ value: "yes", label: t("staff.desk.away.yes"), hint: t("staff.desk.away.hint") }],
        onChange: (_, away) => this.#draft.change({ absence: away ? { note: "", until: this.#usualReturn() } : null }),
      })}
      ${absence ? this.#absence(absence) : nothing}
      ${saveBar({ unsaved: this.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#discard() })}
    </form>`;
  }

  #absence(absence: NonNullable<Desk["absence"]>): TemplateResult {
    const zone = this.#zone;
    const date = absence.until ? dateIn(zone, absence.until) : "";
    const time = absence.until ? clockAt(zone, absence.until) : MORNING;
    const set = (on: string, at: string): void => this.#draft.change({ absence: { ...absence, until: instantAt(zone, on, at) ?? "" } });
    return html`<div @input=${this.#type}>${textArea({ id: "note", label: t("staff.desk.note"), hint: t("staff.desk.note.hint"), value: absence.note, fault: this.faultOf("note"), maxLength: LONGEST_NOTE })}</div>
      <div class="moments">
        ${textField({ id: "until", type: "date", label: t("staff.desk.until"), value: date, fault: this.faultOf("until"), onInput: (on) => set(on, time) })}
        ${textField({ id: "until-time", type: "time", label: t("staff.desk.until.time"), value: time, onInput: (at) => set(date, at || MORNING) })}
      </div>
      <p class="zone-note">${t("zone.shown-in")} <strong>${zoneInWords(zone)}</strong> <bdi class="quiet-words">${offsetOf(zone)}</bdi></p>`;
  }

  get #zone(): string {
    return staff.person?.zone ?? zoneHere();
  }

  #usualReturn(): string {
    return instantAt(this.#zone, later(dateIn(this.#zone), USUAL_DAYS), MORNING) ?? "";
  }

  readonly #type = (event: Event): void => {
    const absence = this.#draft.typed?.absence;
    if (absence) this.#draft.change({ absence: { ...absence, note: (event.target as HTMLTextAreaElement).value } });
  };

  #discard(): void {
    this.faults = [];
    this.#draft.discard();
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const faults = faultsIn(this.#draft.typed?.absence ?? null);
    if (faults.length) return this.blame(...faults);
    if (!(await this.attempt(() => this.#draft.save()))) return;
    this.#draft.saved(t("staff.desk.saved"));
  };
}

function faultsIn(absence: Desk["absence"]): Fault[] {
  if (!absence) return [];
  const faults: Fault[] = [];
  if (!absence.note.trim()) faults.push({ field: "note", words: t("staff.desk.note.missing") });
  if (!absence.until) faults.push({ field: "until", words: t("exceptions.first.missing") });
  else if (Date.parse(absence.until) <= Date.now()) faults.push({ field: "until", words: t("staff.desk.until.past") });
  return faults;
}

customElements.define("desk-page", DeskPage);
