/** The question to a client whether another counselor may go on with the conversation. Nothing is passed on before they say so. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import type { Room } from "./types.ts";

export function handoverQuestion({ handover, counselor }: Room, busy: boolean, answer: (accept: boolean, share: boolean) => void): TemplateResult | typeof nothing {
  if (!handover) return nothing;
  const names = { name: counselor?.name ?? "", other: handover.to_name };
  return html`<section class="panel handover" aria-labelledby="handover">
    <h2 id="handover">${t("handover.heading", names)}</h2>
    ${handover.reason ? html`<p>${t("talk.reason")} <span dir="auto">${handover.reason}</span></p>` : nothing}
    <p>${t("handover.text", names)}</p>
    <p class="actions">
      <button type="button" class="button" aria-disabled=${busy} @click=${() => answer(true, true)}>${t("handover.with")}</button>
      <button type="button" class="button quiet" aria-disabled=${busy} @click=${() => answer(true, false)}>${t("handover.without")}</button>
      <button type="button" class="button quiet" aria-disabled=${busy} @click=${() => answer(false, false)}>${t("handover.decline", names)}</button>
    </p>
  </section>`;
}
