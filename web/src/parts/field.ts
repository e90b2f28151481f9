/** Labelled inputs with hint and fault, wired so that a screen reader says all three. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";

interface Labelled {
  /** Also the name of the value in the form. Must be the field's name in the API, so that its faults find it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault?: string;
  readonly optional?: boolean;
}

export interface TextField extends Labelled {
  readonly value?: string;
  readonly type?: "text" | "email" | "search" | "tel" | "date" | "time" | "number";
  readonly autocomplete?: string;
  readonly inputmode?: string;
  /** For what is written left to right in every language: handles, codes, addresses. */
  readonly latin?: boolean;
  readonly onInput?: (value: string) => void;
}

export function textField(of: TextField): TemplateResult {
  return labelled(of, html`<input
    id=${of.id} name=${of.id} type=${of.type ?? "text"} .value=${of.value ?? ""}
    autocomplete=${of.autocomplete ?? "off"} inputmode=${of.inputmode ?? nothing}
    autocapitalize="none" spellcheck="false" dir=${of.latin ? "ltr" : nothing}
    aria-describedby=${describedBy(of)} aria-invalid=${of.fault ? "true" : nothing}
    @input=${(event: Event) => of.onInput?.((event.target as HTMLInputElement).value)}>`);
}

export function textArea(of: Labelled & { readonly value?: string; readonly maxLength?: number }): TemplateResult {
  return labelled(of, html`<textarea
    id=${of.id} name=${of.id} maxlength=${of.maxLength ?? nothing} .value=${of.value ?? ""}
    aria-describedby=${describedBy(of)} aria-invalid=${of.fault ? "true" : nothing}></textarea>`);
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export function selectField(of: Labelled & { readonly options: readonly Option[]; readonly value?: string; readonly onChange?: (value: string) => void }): TemplateResult {
  return labelled(of, html`<select id=${of.id} name=${of.id}
    aria-describedby=${describedBy(of)} aria-invalid=${of.fault ? "true" : nothing}
    @change=${(event: Event) => of.onChange?.((event.target as HTMLSelectElement).value)}>
    ${of.options.map(({ value, label }) => html`<option value=${value} .selected=${value === of.value}>${label}</option>`)}
  </select>`);
}

/** Radio buttons, or check boxes where several may be chosen. The first carries the id, for the list of faults. */
export function choices(of: Labelled & {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly several?: boolean;
  readonly largeLegend?: boolean;
  readonly latin?: boolean;
  readonly onChange?: (value: string, chosen: boolean) => void;
}): TemplateResult {
  return html`<fieldset class="field ${of.fault ? "at-fault" : ""}" aria-describedby=${describedBy(of)}>
    <legend class=${of.largeLegend ? "large" : ""}>${of.label} ${of.optional ? t("optional") : nothing}</legend>
    ${notes(of)}
    <div class="choices">
      ${of.options.map(({ value, label, hint }, at) => html`<label class="choice">
        <input type=${of.several ? "checkbox" : "radio"} id=${at ? `${of.id}-${value}` : of.id} name=${of.id} value=${value}
          .checked=${of.chosen.includes(value)}
          @change=${(event: Event) => of.onChange?.(value, (event.target as HTMLInputElement).checked)}>
        <span>${of.latin ? html`<bdi dir="ltr">${label}</bdi>` : label}${hint ? html`<small>${hint}</small>` : nothing}</span>
      </label>`)}
    </div>
  </fieldset>`;
}

function labelled(of: Labelled, control: TemplateResult): TemplateResult {
  return html`<div class="field ${of.fault ? "at-fault" : ""}">
    <label for=${of.id}>${of.label} ${of.optional ? t("optional") : nothing}</label>
    ${notes(of)} ${control}
  </div>`;
}

export function notes(of: Labelled): TemplateResult {
  return html`${of.hint ? html`<span class="hint" id="${of.id}-hint">${of.hint}</span>` : nothing}
    ${of.fault ? html`<span class="fault" id="${of.id}-fault">${of.fault}</span>` : nothing}`;
}

export function describedBy(of: Labelled): string | typeof nothing {
  const ids = [of.hint ? `${of.id}-hint` : "", of.fault ? `${of.id}-fault` : ""].filter(Boolean).join(" ");
  return ids || nothing;
}

/** What was typed into a form, by field; spaces around it dropped, but not in passwords. */
export function typed(form: HTMLFormElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") found[name] = name.includes("password") ? value : value.trim();
  }
  return found;
}
