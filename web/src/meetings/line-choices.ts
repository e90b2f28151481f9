/** Ways to go on when the line is weak, or back from them. Nothing is done by itself: each is a choice. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import { carried } from "./stages.ts";
import type { Mode } from "./types.ts";

interface Choices {
  /** How the person takes part now. */
  readonly mode: Mode;
  readonly camera: boolean;
  /** What was agreed on. */
  readonly agreed: Mode;
  /** Whether there is a place to write in instead. */
  readonly writing?: boolean;
  /** Whether a phone can be used instead. */
  readonly phone?: boolean;
  readonly choose: (mode: Mode) => void;
  readonly cameraOff: () => void;
}

export function lineChoices({ mode, camera, agreed, writing = true, phone = false, choose, cameraOff }: Choices): TemplateResult | typeof nothing {
  if (!carried(mode)) {
    if (agreed === "text") return nothing;
    return html`<p class="actions">
      <button type="button" class="button quiet" @click=${() => choose("audio")}>${t("call.back.audio")}</button>
      ${agreed === "video" ? html`<button type="button" class="button quiet" @click=${() => choose("video")}>${t("call.back.video")}</button>` : nothing}
    </p>`;
  }
  return html`<div class="panel ember" role="group" aria-label=${t("call.line.ways")}>
    <p>${t("call.line.ways")}</p>
    <p class="actions">
      ${camera ? html`<button type="button" class="button quiet" @click=${cameraOff}>${t("call.line.camera-off")}</button>` : nothing}
      ${mode === "video" ? html`<button type="button" class="button quiet" @click=${() => choose("audio")}>${t("call.line.audio")}</button>` : nothing}
      ${writing ? html`<button type="button" class="button quiet" @click=${() => choose("text")}>${t("call.line.text")}</button>` : nothing}
      ${phone ? html`<button type="button" class="button quiet" @click=${() => choose("phone")}>${t("call.line.phone")}</button>` : nothing}
    </p>
  </div>`;
}
