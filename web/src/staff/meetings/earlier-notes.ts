/** `<earlier-notes appointment="id">`: what the counselor wrote about earlier appointments with the same client, newest first. */

import { html, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { staff } from "../../api/sign-in.ts";
import { Fetched } from "../../parts/fetched.ts";
import { longDayAndClock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { Beside } from "./beside.ts";
import { written } from "./note-rules.ts";
import type { EarlierNote } from "./types.ts";

class EarlierNotes extends Beside {
  @property() appointment = "";
  readonly #notes = new Fetched<readonly EarlierNote[]>(this, () => this.#ask());

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("appointment") || !this.appointment) return;
    this.#notes.clear();
    void this.#notes.load();
  }

  protected override draw(): TemplateResult {
    return html`${this.#notes.render((notes) => (notes.length
      ? html`<ul class="earlier-notes">${notes.map((note) => this.#note(note))}</ul>`
      : html`<p class="quiet-words">${t("earlier.none")}</p>`))}`;
  }

  #note(note: EarlierNote): TemplateResult {
    const parts = written(note);
    const zone = staff.person?.zone ?? zoneHere();
    return html`<li>
      <h2><a href="/staff/appointments/${note.appointment_id}">${t("earlier.of", { when: longDayAndClock(note.start, zone) })}</a></h2>
      ${parts.map((part) => html`${parts.length > 1 || part !== "text" ? html`<h3>${t(`note.${part}`)}</h3>` : ""}<p class="typed">${note[part]}</p>`)}
    </li>`;
  }

  async #ask(): Promise<readonly EarlierNote[]> {
    return (await call<{ notes: readonly EarlierNote[] }>("GET", `/api/staff/appointments/${this.appointment}/notes-before`)).notes;
  }
}

customElements.define("earlier-notes", EarlierNotes);
