/** What facilitators decided about people, as a log that only grows. */

import { html, nothing, type TemplateResult } from "lit";
import { dayAndClock } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import type { LoggedDecision } from "./types.ts";
import { stepInWords } from "./words.ts";

export function log(decisions: readonly LoggedDecision[], zone: string): TemplateResult {
  if (!decisions.length) return html`<p class="quiet-words">${t("staff.decisions.none")}</p>`;
  return html`<ol class="decision-log">${decisions.map((decision) => entry(decision, zone))}</ol>`;
}

function entry(of: LoggedDecision, zone: string): TemplateResult {
  return html`<li>
    <p><strong>${stepInWords(of, zone)}</strong> · <bdi dir="ltr">${of.member.handle}</bdi></p>
    <p class="typed">${of.reason}</p>
    <p class="quiet-words"><time datetime=${of.at}>${dayAndClock(of.at, zone)}</time> · <bdi>${of.by_name}</bdi></p>
    ${of.appeal ? html`<p class="appeal"><strong>${t(of.appeal.outcome ? `staff.appeal.${of.appeal.outcome}` : "staff.appeal.open")}</strong>
      <span class="typed">${of.appeal.text}</span></p>` : nothing}
  </li>`;
}
