/** For whoever has to find the words: one step after the other, asked straight out. */

import { html, type TemplateResult } from "lit";
import { t } from "../../words/language.ts";

const ASKS = ["thoughts", "plan", "means", "time"] as const;

export function ladder(): TemplateResult {
  return html`<p>${t("staff.ladder.text")}</p>
    <ol>${ASKS.map((ask) => html`<li><strong>${t(`staff.ladder.${ask}`)}</strong> ${t(`staff.ladder.${ask}.words`)}</li>`)}</ol>
    <p>${t("staff.ladder.then")}</p>`;
}
