/** Two clocks, from and to, with their faults under them. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";

interface TimeSpan {
  /** Ids and names become `${id}.start` and `${id}.end`. */
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly faultOf: (field: string) => string;
  readonly onChange: (part: { start: string } | { end: string }) => void;
}

export const DAY_START = "00:00";
export const DAY_END = "24:00";
const QUARTER_S = 900;

/** An input can't say "24:00": an end at midnight is the end of the day. */
export function timeSpan({ id, start, end, faultOf, onChange }: TimeSpan): TemplateResult {
  const faults = { start: faultOf(`${id}.start`), end: faultOf(`${id}.end`) };
  return html`<span class="span ${faults.start || faults.end ? "at-fault" : ""}">
    ${clock(`${id}.start`, t("hours.from"), start, faults.start, (value) => onChange({ start: value }))}
    ${clock(`${id}.end`, t("hours.to"), end === DAY_END ? DAY_START : end, faults.end, (value) => onChange({ end: value === DAY_START ? DAY_END : value }))}
  </span>
  ${(["start", "end"] as const).map((which) => (faults[which] ? html`<span class="fault" id="${id}.${which}-fault">${faults[which]}</span>` : nothing))}`;
}

function clock(id: string, label: string, value: string, fault: string, onInput: (value: string) => void): TemplateResult {
  return html`<span class="clock"><label for=${id}>${label}</label>
    <input type="time" id=${id} step=${QUARTER_S} .value=${value} aria-invalid=${fault ? "true" : nothing}
      aria-describedby=${fault ? `${id}-fault` : nothing}
      @change=${(event: Event) => onInput((event.target as HTMLInputElement).value)}></span>`;
}
