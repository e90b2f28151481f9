/** What the check before a call says about refusals, and about apps to get out of. */

import { html, nothing, type TemplateResult } from "lit";
import { t, tCode } from "../words/language.ts";
import { type InApp, wayOut } from "./in-app.ts";
import { canBeAllowed, familyOf, type Refusal } from "./permission.ts";

/** Which of the two could not be had. */
export type Missing = "both" | "camera";

export function refusalPanel(refusal: Refusal, missing: Missing, again: () => void): TemplateResult {
  const family = familyOf(navigator.userAgent, navigator.maxTouchPoints);
  return html`<div class="panel ember refusal" role="alert" tabindex="-1">
    <h3>${t(missing === "camera" ? "check.without.camera" : "check.without.both")}</h3>
    <p>${tCode("refusal", refusal)}</p>
    ${canBeAllowed(refusal) ? html`<p>${tCode("allow", family)}</p>` : nothing}
    <p><button type="button" class="button quiet" @click=${again}>${t("retry")}</button></p>
  </div>`;
}

export function wayOutPanel(found: InApp, copied: boolean | null, copy: () => void): TemplateResult {
  const page = `${location.origin}${location.pathname}`;
  const out = wayOut(found, page);
  return html`<div class="panel ember way-out">
    <h3>${t("in-app.heading")}</h3>
    <p>${found.app ? t("in-app.text", { app: found.app }) : t("in-app.text.unknown")}</p>
    ${out ? html`<p><a class="button" href=${out}>${t("in-app.open")}</a></p>` : html`<p>${t("in-app.menu")}</p>`}
    <p><button type="button" class="button quiet" @click=${copy}>${t("in-app.copy")}</button></p>
    <p role="status">${copied === null ? nothing : copied ? t("in-app.copied") : html`${t("in-app.copy.not")} <bdi dir="ltr">${page}</bdi>`}</p>
    <p>${t("in-app.sign-in")}</p>
  </div>`;
}
