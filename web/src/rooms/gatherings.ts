/** Hours at which a room means to meet, and saying that one will be there. */

import { html, nothing, type TemplateResult } from "lit";
import { daySpan } from "../time/when.ts";
import { zoneInWords } from "../time/zones.ts";
import { t } from "../words/language.ts";
import type { Gathering } from "./types.ts";

export function gatheringsList(gatherings: readonly Gathering[], zone: string, mayCome: boolean, turn: (gathering: Gathering) => void): TemplateResult {
  return html`<ul class="cards">${gatherings.map((gathering) => {
    const { title, start, end, coming, am_coming, cancelled } = gathering;
    return html`<li class="card"><div>
      <h3 dir="auto">${title}</h3>
      <p><strong>${daySpan(start, end, zone)}</strong><br><span class="quiet-words">${zoneInWords(zone)}</span></p>
      ${cancelled ? html`<p><strong>${t("gatherings.cancelled")}</strong></p>` : html`<p>${t("gatherings.coming", { count: coming })}</p>`}
      ${mayCome && !cancelled ? html`<p><button class="button quiet over" aria-pressed=${am_coming} @click=${() => turn(gathering)}>${t("gatherings.come")}</button></p>` : nothing}
    </div></li>`;
  })}</ul>`;
}
