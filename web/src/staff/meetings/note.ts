/**
 * `<appointment-note appointment="id">`: the counselor's own note of an appointment, written beside it or afterwards.
 *
 * What is typed lives in this element alone until it is saved: it is too private for the tab's storage. Whatever holds the
 * element asks `unsaved` before it lets anybody leave, and does not remove the element when it folds it away.
 */

import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { staff } from "../../api/sign-in.ts";
import { choices, textArea } from "../../parts/field.ts";
import { dayAndClock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { Draft } from "../draft.ts";
import { Beside } from "./beside.ts";
import { hasMore, LONGEST, partsOf, sendable } from "./note-rules.ts";
import type { Note } from "./types.ts";

const KINDS = ["free", "structured"] as const satisfies readonly Note["kind"][];

export class AppointmentNote extends Beside {
  @property() appointment = "";
  readonly #draft = new Draft<Note>(this, () => `/api/staff/appointments/${this.appointment}/note`, sendable);

  get unsaved(): boolean {
    return this.#draft.unsaved;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("appointment") && this.appointment) this.#draft.load();
  }

  protected override draw(): TemplateResult {
    return html`<p class="quiet-words">${t("note.private")}</p>
      ${this.#draft.newer ? html`<div class="panel ember"><p>${t("note.newer")}</p>
        <p><button type="button" class="link" @click=${() => this.#draft.discard()}>${t("note.newer.show")}</button></p></div>` : nothing}
      ${this.#draft.fetched.render((kept) => this.#form(this.#draft.typed ?? kept))}`;
  }

  #form(note: Note): TemplateResult {
    return html`<form class="note" novalidate @submit=${this.#save} @input=${this.#type}>
      ${choices({
        id: "note-kind", label: t("note.kind"), chosen: [note.kind], options: KINDS.map((value) => ({ value, label: t(`note.kind.${value}`) })),
        onChange: (kind) => this.#draft.change({ kind: kind as Note["kind"] }),
      })}
      ${partsOf(note.kind).map((part) => textArea({ id: part, label: t(`note.${part}`), value: note[part], fault: this.faultOf(part), maxLength: LONGEST }))}
      ${hasMore(note) ? html`<p class="quiet-words">${t("note.other")}</p>` : nothing}
      <p class="actions">
        <button class="button" aria-disabled=${this.busy}>${t("note.save")}</button>
        ${this.unsaved ? html`<button type="button" class="button quiet" @click=${() => this.#draft.discard()}>${t("note.discard")}</button>` : nothing}
        <span class="save-state">${this.#state(note)}</span>
      </p>
    </form>`;
  }

  #state(note: Note): string {
    if (this.unsaved) return t("note.unsaved");
    if (this.#draft.said) return this.#draft.said;
    return note.changed_at ? t("note.saved.at", { when: dayAndClock(note.changed_at, staff.person?.zone ?? zoneHere()) }) : "";
  }

  readonly #type = ({ target }: Event): void => {
    if (target instanceof HTMLTextAreaElement) this.#draft.change({ [target.name]: target.value });
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (await this.attempt(() => this.#draft.save())) this.#draft.saved(t("note.saved"));
  };
}

customElements.define("appointment-note", AppointmentNote);
