/** How the procedure reads: first whom to call, then what to do. */

import { html, nothing, type TemplateResult } from "lit";
import { staff } from "../../api/sign-in.ts";
import { longDay } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { helpAddress } from "../../frame/furniture.ts";
import { locale, nameOfLanguage, t } from "../../words/language.ts";
import { dialled } from "./procedure-rules.ts";
import type { Procedure } from "./types.ts";

/** `choose` shows it in another language, in which it is confirmed. */
export function procedureView(of: Procedure, choose: (language: string) => void): TemplateResult {
  const confirmedIn = of.confirmed_languages.filter((language) => language !== of.language);
  return html`<div class="procedure">
    ${of.confirmed_at ? nothing : html`<p class="panel ember"><strong>${t("emergency.template")}</strong></p>`}
    ${!of.confirmed_at && confirmedIn.length ? html`<p>${t("emergency.confirmed.in")}
      ${confirmedIn.map((language) => html`<button type="button" class="link" lang=${language} @click=${() => choose(language)}>${nameOfLanguage(language, language)}</button> `)}</p>` : nothing}
    <h2>${t("emergency.numbers")}</h2>
    ${of.numbers.length
      ? html`<ul class="emergency-numbers">${of.numbers.map(({ name, number }) => html`<li>
          <a class="button" href=${dialled(number)}>${t("emergency.call")} <bdi dir="ltr">${number}</bdi></a> <bdi>${name}</bdi></li>`)}</ul>`
      : html`<p>${t("emergency.numbers.none")}</p>`}
    <p><a class="tall" href=${helpAddress(locale())}>${t("emergency.lines")}</a></p>
    <h2>${t("emergency.procedure")}</h2>
    <p class="typed" lang=${of.language} dir="auto">${of.text}</p>
    ${of.confirmed_at ? html`<p class="quiet-words">${t("emergency.confirmed", { date: longDay(of.confirmed_at, staff.person?.zone ?? zoneHere()) })}</p>` : nothing}
  </div>`;
}
