/** Shown when what somebody wrote sounds as if they were in danger: kind, short, and true about what happens next. */

import { html, type TemplateResult } from "lit";
import { helpAddress } from "../frame/furniture.ts";
import { settings } from "../frame/settings.ts";
import { locale, t } from "../words/language.ts";
import type { Posted, Room } from "./types.ts";

/** More would be a list to search, and the help page has the better one. */
const MOST_COUNTRIES = 3;

export function helpCard({ help, held_for }: Pick<Posted, "help" | "held_for">, room: Room, close: () => void): TemplateResult {
  const names = new Intl.DisplayNames([locale()], { type: "region" });
  const countries = settings().countries.slice(0, MOST_COUNTRIES);
  return html`<section class="panel ember help-card" aria-labelledby="help-card">
    <h2 id="help-card">${t(help === "urgent" ? "talk.help.urgent" : "talk.help.concern")}</h2>
    <p>${t(help === "urgent" ? "talk.help.urgent.text" : "talk.help.concern.text")}</p>
    <ul class="ways">
      ${countries.map((code) => html`<li><a class="way" href="${helpAddress(locale())}#${code}">${t("talk.help.country", { country: names.of(code) ?? code })}</a></li>`)}
      <li><a class="way" href=${helpAddress(locale())}>${t("footer.help")}</a></li>
    </ul>
    <p>${whatBecameOfIt(held_for !== null, room)}</p>
    <p><button type="button" class="button quiet" @click=${close}>${t("talk.help.close")}</button></p>
  </section>`;
}

function whatBecameOfIt(held: boolean, room: Room): string {
  if (room.kind === "direct") return t("talk.help.sent.direct", { name: room.counselor?.name ?? "" });
  return t(held ? "talk.help.sent.held" : "talk.help.sent");
}
