/** The way to the circle of a room, while one is on. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import type { Room } from "./types.ts";

export function circleLink({ id, circle_on, membership }: Room): TemplateResult | typeof nothing {
  if (!circle_on || membership?.status !== "joined") return nothing;
  return html`<p class="notice circle-link" role="status">${t("room.circle.on")} <a class="tall" href="/rooms/${id}/circle">${t("room.circle")}</a></p>`;
}
