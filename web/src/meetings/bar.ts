/** The buttons of a call: large, each with its word, the same order at all times. */

import { html, nothing, type TemplateResult } from "lit";
import { type Key, t } from "../words/language.ts";
import { type Icon, icon } from "./icons.ts";
import type { LocalMedia } from "./local-media.ts";

interface Bar {
  readonly media: LocalMedia;
  /** Something here carries sound. */
  readonly carried: boolean;
  /** Pictures were agreed on. */
  readonly camera: boolean;
  /** null where it can't be done, or can't be otherwise. */
  readonly settings: boolean | null;
  readonly writing: boolean | null;
  readonly inset: boolean | null;
  readonly screen: boolean | null;
  readonly microphone: () => void;
  readonly turnCamera: () => void;
  readonly write: () => void;
  readonly set: () => void;
  readonly turnInset: () => void;
  readonly share: () => void;
  readonly leave: () => void;
}

export function bar(of: Bar): TemplateResult {
  const { microphone, camera } = of.media;
  return html`<div class="call-bar" role="group" aria-label=${t("call.bar")}>
    ${of.carried ? switchButton("microphone", "call.microphone", microphone, of.microphone) : nothing}
    ${of.carried && of.camera ? switchButton("camera", "call.camera", camera, of.turnCamera) : nothing}
    ${of.writing === null ? nothing : opener("write", of.writing ? "call.write.close" : "call.write", of.writing, of.write)}
    ${of.settings === null ? nothing : opener("more", "call.settings", of.settings, of.set)}
    ${of.inset === null ? nothing : opener("inset", of.inset ? "call.inset.close" : "call.inset", null, of.turnInset)}
    ${of.screen === null ? nothing : opener("screen", of.screen ? "call.screen.stop" : "call.screen", null, of.share)}
    <button type="button" class="call-button grave" @click=${of.leave}>${icon("leave")}<span>${t("call.leave")}</span></button>
  </div>`;
}

function switchButton(name: Icon, label: Key, on: boolean, press: () => void): TemplateResult {
  return html`<button type="button" class="call-button ${on ? "on" : "off"}" role="switch" aria-checked=${on} @click=${press}>
    ${icon(name, !on)}<span>${t(label)} <span class="is" aria-hidden="true">${t(on ? "call.on" : "call.off")}</span></span></button>`;
}

function opener(name: Icon, label: Key, open: boolean | null, press: () => void): TemplateResult {
  return html`<button type="button" class="call-button" aria-expanded=${open ?? nothing} @click=${press}>${icon(name)}<span>${t(label)}</span></button>`;
}
