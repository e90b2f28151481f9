/** The own picture while one waits, with its two switches. */

import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import type { LocalMedia } from "./local-media.ts";

export function ownPreview(media: LocalMedia, redraw: () => void): TemplateResult {
  const turn = (work: () => Promise<void>) => () => void work().catch(() => {}).then(redraw);
  return html`<div class="device-check">
    <div class="preview">
      <video class=${media.camera ? "" : "off"} autoplay playsinline .muted=${true} aria-label=${t("check.preview")}></video>
      ${media.camera ? nothing : html`<p>${t("check.camera.off")}</p>`}
    </div>
    <p class="check-switches">
      <button type="button" class="button quiet" aria-pressed=${media.microphone} @click=${turn(() => media.setMicrophone(!media.microphone))}>${t("check.microphone")}</button>
      <button type="button" class="button quiet" aria-pressed=${media.camera} @click=${turn(() => media.setCamera(!media.camera))}>${t("check.camera")}</button>
    </p>
  </div>`;
}
