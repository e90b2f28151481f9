/** The pieces of the check before a call: sound, line, pickers, the own address, how much data. */

import { html, nothing, type TemplateResult } from "lit";
import { selectField } from "../parts/field.ts";
import type { LiveState } from "../api/live.ts";
import { t, tCode } from "../words/language.ts";
import type { LevelWatch } from "./level-watch.ts";
import type { LocalMedia } from "./local-media.ts";
import type { Line } from "./network.ts";

/** How far the trial of the speaker is. */
export type Toned = "" | "playing" | "played";

export function soundPart({ microphone, trouble }: LocalMedia, word: LevelWatch["word"], toned: Toned, tone: () => void): TemplateResult {
  const heard = trouble.audio ? tCode("trouble", trouble.audio) : microphone ? tCode("level", word) : "";
  return html`<h3>${t("check.sound")}</h3>
    ${microphone ? html`<meter class="level" min="0" max="1" aria-label=${t("check.level")}></meter>` : nothing}
    <p role="status">${heard}</p>
    <p><button type="button" class="button quiet" aria-disabled=${toned === "playing"} @click=${tone}>${t("check.tone")}</button></p>
    <p role="status">${toned === "played" ? t("check.tone.played") : nothing}</p>`;
}

/** `socket`: our own, through which the browsers of a call find each other. */
export function linePart(line: Line, socket: LiveState | null): TemplateResult {
  const blocked = socket === "polling" && line !== "offline";
  return html`<h3>${t("check.connection")}</h3>
    <p role="status">${tCode("network", line)} ${blocked ? t("check.socket.blocked") : nothing}</p>`;
}

const KINDS = ["videoinput", "audioinput", "audiooutput"] as const;
type Kind = (typeof KINDS)[number];

/** Only where there is something to choose. Browsers tell the names once one device may be used. */
export function pickers(devices: readonly MediaDeviceInfo[], inUse: (kind: Kind) => string, use: (kind: Kind, id: string) => void): TemplateResult | typeof nothing {
  const offered = KINDS.map((kind) => [kind, devices.filter((one) => one.kind === kind && one.label)] as const);
  const several = offered.filter(([kind, found]) => found.length > 1 && (kind !== "audiooutput" || "setSinkId" in HTMLMediaElement.prototype));
  if (!several.length) return nothing;
  return html`<details>
    <summary>${t("check.devices")}</summary>
    ${several.map(([kind, found]) => selectField({
      id: `check-${kind}`,
      label: t(`check.device.${kind}`),
      value: inUse(kind),
      options: found.map(({ deviceId, label }) => ({ value: deviceId, label })),
      onChange: (id) => use(kind, id),
    }))}
  </details>`;
}

interface Switch {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly change: (on: boolean) => void;
}

export function switchBox({ id, label, hint, on, change }: Switch): TemplateResult {
  return html`<label class="choice">
    <input type="checkbox" id=${id} .checked=${on} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}>
    <span>${label}<small>${hint}</small></span>
  </label>`;
}

/** `relay`: whether the own address can be hidden; null where no one else would learn it anyway. */
export function addressBox(relay: boolean | null, hidden: boolean, change: (on: boolean) => void): TemplateResult | typeof nothing {
  if (relay === null) return nothing;
  if (!relay) return html`<p class="quiet-words address">${t("check.hide.not")}</p>`;
  return switchBox({ id: "check-hide", label: t("check.hide"), hint: t("check.hide.hint"), on: hidden, change });
}
