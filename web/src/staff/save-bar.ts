/** Under a long form: save, or go back to what was; and what to do when somebody else saved meanwhile. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";

interface SaveBar {
  readonly unsaved: boolean;
  readonly busy: boolean;
  /** The words after saving, until something changes again. */
  readonly said: string;
  readonly discard: () => void;
}

export function saveBar({ unsaved, busy, said, discard }: SaveBar): TemplateResult {
  return html`<div class="save-bar ${unsaved ? "unsaved" : ""}">
    <p class="actions">
      <button class="button" aria-disabled=${busy}>${t("save")}</button>
      ${unsaved ? html`<button type="button" class="button quiet" @click=${discard}>${t("unsaved.discard")}</button>` : nothing}
      <span class="save-state">${unsaved ? t("unsaved.state") : said}</span>
    </p>
  </div>`;
}

export function newerNotice(show: () => void): TemplateResult {
  return html`<div class="panel ember">
    <p>${t("newer.text")}</p>
    <p><button type="button" class="link" @click=${show}>${t("newer.show")}</button></p>
  </div>`;
}
