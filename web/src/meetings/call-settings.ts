/** What one can set in a call: devices, how much data, and how to take part. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { Part } from "../frame/part.ts";
import { t } from "../words/language.ts";
import type { Attendance } from "./attendance.ts";
import { pickers, switchBox } from "./check-parts.ts";
import type { Line } from "./line.ts";
import type { Mode } from "./types.ts";

/** Fires "take-part" with the way to take part that was chosen. */
class CallSettings extends Part {
  @property({ attribute: false }) attendance!: Attendance;
  @property({ attribute: false }) line!: Line;
  /** Whether a phone can be used instead. */
  @property({ attribute: false }) phone = false;
  @state() private devices: readonly MediaDeviceInfo[] = [];
  @state() private problem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.line?.media.addEventListener("change", this.#list);
    this.#list();
  }

  override disconnectedCallback(): void {
    this.line?.media.removeEventListener("change", this.#list);
    super.disconnectedCallback();
  }

  protected override firstUpdated(): void {
    this.line.media.addEventListener("change", this.#list);
    this.#list();
  }

  protected override render(): TemplateResult {
    const { line } = this;
    return html`<section class="panel call-settings" aria-label=${t("call.settings")}>
      ${pickers(this.devices, (kind) => this.#inUse(kind), (kind, id) => void this.#use(kind, id))}
      ${this.problem ? html`<p class="fault" role="alert">${this.problem}</p>` : nothing}
      ${switchBox({ id: "call-save", label: t("check.save"), hint: t("check.save.hint"), on: line.saving, change: (on) => void line.saveData(on) })}
      <p class="actions">${this.#ways().map((way) => html`<button type="button" class="button quiet" @click=${() => this.#choose(way)}>${t(`call.way.${way}`)}</button>`)}</p>
    </section>`;
  }

  #ways(): readonly Mode[] {
    const agreed = this.attendance.meeting?.mode;
    const writing = this.attendance.meeting?.kind !== "circle";
    return (["video", "audio", "text", "phone"] as const).filter((way) => way !== this.attendance.mode && (way !== "video" || agreed === "video") && (way !== "text" || writing) && (way !== "phone" || this.phone));
  }

  #choose(way: Mode): void {
    this.dispatchEvent(new CustomEvent<Mode>("take-part", { detail: way }));
  }

  #inUse(kind: MediaDeviceKind): string {
    const { media } = this.line;
    if (kind === "audiooutput") return media.speaker;
    const track = media.stream.getTracks().find((one) => one.kind === (kind === "audioinput" ? "audio" : "video"));
    return track?.getSettings().deviceId ?? "";
  }

  async #use(kind: MediaDeviceKind, id: string): Promise<void> {
    this.problem = "";
    await this.line.media.use(kind, id).catch(() => (this.problem = t("call.device.not")));
  }

  readonly #list = (): void => {
    void this.line?.media.devices().then((found) => (this.devices = found), () => {});
  };
}

customElements.define("call-settings", CallSettings);
