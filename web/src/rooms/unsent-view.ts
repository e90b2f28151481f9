/** A message that is not in the room yet: why, and what its writer can do about it. */

import { html, nothing, type TemplateResult } from "lit";
import { t, tCode } from "../words/language.ts";
import type { Unsent } from "./outbox.ts";
import { written } from "./words.ts";

export function unsentView({ text, warning, state, problem }: Unsent, again: () => void, discard: () => void): TemplateResult {
  return html`<article class="message mine unsent ${state}" aria-label=${t("talk.unsent")}>
    <div class="message-body">
      ${warning ? html`<p class="state">${t("talk.warning")} <span dir="auto">${warning}</span></p>` : nothing}
      ${written(text)}
      <p class="state" role="status">${stateInWords(state, problem)}</p>
      ${problem && state !== "sending" ? html`<p class="acts">
        <button type="button" class="button small" @click=${again}>${t("retry")}</button>
        <button type="button" class="button quiet small" @click=${discard}>${t("talk.discard")}</button>
      </p>` : nothing}
    </div>
  </article>`;
}

function stateInWords(state: Unsent["state"], problem: string): string {
  if (state === "sending") return t("talk.sending");
  const words = t(state === "failed" ? "talk.failed" : "talk.waiting");
  return problem ? `${words} ${tCode("problem", problem, { count: 1 }) || t("problem.unknown")}` : words;
}
