/** The way to the waiting list from where no time suits. */

import { html, type TemplateResult } from "lit";
import type { Mode } from "../api/types.ts";
import { t } from "../words/language.ts";
import { wishFor } from "./wishing.ts";

/** From the page of a counselor, the wish begins with them. */
export function waitLink(counselor?: { readonly id: string; readonly modes: readonly Mode[] }): TemplateResult {
  return html`<p class="panel">${t("wait.link.text")} <a href="/waitlist/wish" @click=${() => counselor && wishFor(counselor)}>${t("wait.link")}</a></p>`;
}
