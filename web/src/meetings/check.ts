/** Before a call: camera, microphone, speaker and line are tried, nobody else sees or hears anything yet. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { LiveState } from "../api/live.ts";
import { Part } from "../frame/part.ts";
import { t } from "../words/language.ts";
import { addressBox, linePart, pickers, soundPart, switchBox, type Toned } from "./check-parts.ts";
import { type Missing, refusalPanel, wayOutPanel } from "./check-words.ts";
import { inAppOf } from "./in-app.ts";
import { LevelWatch } from "./level-watch.ts";
import { circumstances, LocalMedia } from "./local-media.ts";
import { type Line, lookAtLine, savesData } from "./network.ts";
import { type Refusal, refusalIn } from "./permission.ts";
import { playTones } from "./tone.ts";

/** What `check-join` carries. */
export interface Joining {
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly mode: "video" | "audio";
  readonly hideAddress: boolean;
  readonly saveData: boolean;
}

/**
 * Fires `check-join` (with a `Joining`) and `check-write`. The microphone and camera stay as they are for the call; whoever
 * owns `media` stops it.
 */
@customElement("device-check")
export class DeviceCheck extends Part {
  @property({ attribute: false }) media = new LocalMedia();
  /** Whether the own network address can be hidden in this call; null where there is nothing to hide. */
  @property({ attribute: false }) relay: boolean | null = null;
  /** How our own socket is, if the page knows. */
  @property({ attribute: false }) line: LiveState | null = null;
  /** Whether a camera is offered at all: not where sound only was agreed on. */
  @property({ attribute: false }) video = true;
  /** Whether there is a place to write in instead. */
  @property({ attribute: false }) writing = true;
  /** The page joins already. */
  @property({ attribute: false }) joining = false;

  @state() private network: Line = "checking";
  @state() private refusal: Refusal | null = null;
  @state() private missing: Missing = "both";
  @state() private asking = false;
  /** Once something was tried, switches stand in the place of the button for that. */
  @state() private tried = false;
  @state() private hideAddress = false;
  @state() private saving = savesData();
  @state() private devices: readonly MediaDeviceInfo[] = [];
  @state() private toned: Toned = "";
  @state() private copied: boolean | null = null;
  readonly #inApp = inAppOf(navigator.userAgent);
  readonly #level = new LevelWatch(this, () => this.media);
  #listeningTo: LocalMedia | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ["online", "offline"]) addEventListener(event, this.#lineChanged);
    this.#lineChanged();
  }

  override disconnectedCallback(): void {
    for (const event of ["online", "offline"]) removeEventListener(event, this.#lineChanged);
    this.#listeningTo?.removeEventListener("change", this.#mediaChanged);
    this.#listeningTo = null;
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    if (this.#listeningTo === this.media) return;
    this.#listeningTo?.removeEventListener("change", this.#mediaChanged);
    this.#listeningTo = this.media;
    this.media.addEventListener("change", this.#mediaChanged);
  }

  protected override updated(): void {
    const preview = this.querySelector<HTMLVideoElement>("video");
    if (!preview || preview.srcObject === this.media.stream) return;
    preview.muted = true;
    preview.srcObject = this.media.stream;
    void preview.play().catch(() => {});
  }

  protected override render(): TemplateResult {
    return html`<section class="device-check">
      <h2>${t("check.heading")}</h2>
      <p>${t("check.text")}</p>
      ${this.#inApp ? wayOutPanel(this.#inApp, this.copied, this.#copy) : nothing}
      ${this.refusal ? refusalPanel(this.refusal, this.missing, () => void this.#try()) : nothing}
      <div class="check-grid">
        <div>${this.video ? this.#picture() : nothing} ${this.#switches()}</div>
        <div>
          ${soundPart(this.media, this.#level.word, this.toned, this.#tone)} ${linePart(this.network, this.line)}
          ${pickers(this.devices, (kind) => this.#inUse(kind), this.#use)}
        </div>
      </div>
      <div class="choices">
        ${addressBox(this.relay, this.hideAddress, (on) => (this.hideAddress = on))}
        ${switchBox({ id: "check-save", label: t("check.save"), hint: t("check.save.hint"), on: this.saving, change: (on) => (this.saving = on) })}
      </div>
      ${this.#actions()}
    </section>`;
  }

  get #started(): boolean {
    return this.tried || this.media.microphone || this.media.camera;
  }

  #picture(): TemplateResult {
    const { camera } = this.media;
    return html`<div class="preview">
      <video class=${camera ? "" : "off"} autoplay playsinline aria-label=${t("check.preview")}></video>
      ${camera ? nothing : html`<p>${t("check.camera.off")}</p>`}
    </div>`;
  }

  #switches(): TemplateResult {
    if (!this.#started) {
      return html`<p class="hint">${t("check.try.hint")}</p>
        <p><button type="button" class="button quiet" aria-disabled=${this.asking} @click=${this.#try}>
          ${t(this.video ? "check.try" : "check.try.sound")}</button></p>`;
    }
    const { camera, microphone } = this.media;
    return html`<p class="check-switches">
      <button type="button" class="button quiet" aria-pressed=${microphone} @click=${() => this.#switch("microphone")}>${t("check.microphone")}</button>
      ${this.video ? html`<button type="button" class="button quiet" aria-pressed=${camera} @click=${() => this.#switch("camera")}>${t("check.camera")}</button>` : nothing}
    </p>`;
  }

  #actions(): TemplateResult {
    const busy = this.asking || this.joining;
    const listens = this.refusal !== null && this.missing === "both";
    return html`<p class="actions">
      ${this.video ? html`<button type="button" class="button" aria-disabled=${busy} @click=${() => this.#join(true)}>${t("check.join.camera")}</button>` : nothing}
      <button type="button" class="button ${this.video ? "quiet" : ""}" aria-disabled=${busy} @click=${() => this.#join(false)}>
        ${t(this.video ? "check.join.sound" : "check.join")}</button>
      ${listens ? html`<button type="button" class="button quiet" aria-disabled=${busy} @click=${() => this.#tellJoin("audio")}>${t("check.join.listen")}</button>` : nothing}
      ${this.writing ? html`<button type="button" class="button quiet" @click=${this.#write}>${t("check.write")}</button>` : nothing}
    </p>`;
  }

  readonly #try = async (): Promise<void> => {
    if (!(await this.#start(this.video))) return;
    // The button that was pressed is gone.
    await this.updateComplete;
    this.querySelector<HTMLElement>(".check-switches button")?.focus();
  };

  /** Asks for what is not there yet; answers whether all of it is. */
  async #start(camera: boolean): Promise<boolean> {
    if (this.asking) return false;
    this.asking = true;
    this.refusal = null;
    try {
      const around = circumstances();
      if (!around.secure || !around.supported || !around.allowed) throw null;
      await this.media.start({ audio: true, video: camera });
      this.tried = true;
      return true;
    } catch (failure) {
      this.missing = this.media.microphone ? "camera" : "both";
      this.refusal = refusalIn(failure as DOMException | null, circumstances());
      await this.updateComplete;
      this.querySelector<HTMLElement>(".refusal")?.focus();
      return false;
    } finally {
      this.asking = false;
      void this.#list();
    }
  }

  async #join(camera: boolean): Promise<void> {
    if (this.asking || this.joining) return;
    const { media } = this;
    // Who has switched the microphone off here means to come in without a word.
    const needed = !this.#started || (camera && !media.camera);
    const microphone = media.microphone || !this.#started;
    if (needed && !(await this.#start(camera))) return;
    if (!microphone) await media.setMicrophone(false);
    if (!camera) await media.setCamera(false);
    this.#tellJoin(camera ? "video" : "audio");
  }

  #tellJoin(mode: Joining["mode"]): void {
    const { camera, microphone } = this.media;
    const detail: Joining = { camera, microphone, mode, hideAddress: this.hideAddress && this.relay === true, saveData: this.saving };
    this.dispatchEvent(new CustomEvent("check-join", { detail, bubbles: true }));
  }

  readonly #write = (): void => {
    this.media.stop();
    this.dispatchEvent(new CustomEvent("check-write", { bubbles: true }));
  };

  async #switch(what: "microphone" | "camera"): Promise<void> {
    try {
      if (what === "microphone") await this.media.setMicrophone(!this.media.microphone);
      else await this.media.setCamera(!this.media.camera);
      this.refusal = null;
    } catch (failure) {
      this.#refused(failure, what);
    }
  }

  readonly #use = async (kind: MediaDeviceKind, id: string): Promise<void> => {
    try {
      await this.media.use(kind, id);
    } catch (failure) {
      this.#refused(failure, kind === "videoinput" ? "camera" : "microphone");
    }
  };

  #refused(failure: unknown, what: "microphone" | "camera"): void {
    this.missing = what === "camera" ? "camera" : "both";
    this.refusal = refusalIn(failure as DOMException, circumstances());
  }

  #inUse(kind: MediaDeviceKind): string {
    if (kind === "audiooutput") return this.media.speaker;
    const track = this.media.stream.getTracks().find((one) => one.kind === (kind === "audioinput" ? "audio" : "video"));
    return track?.getSettings().deviceId ?? "";
  }

  readonly #tone = async (): Promise<void> => {
    if (this.toned === "playing") return;
    this.toned = "playing";
    await playTones(this.media.speaker).catch(() => {});
    this.toned = "played";
  };

  readonly #copy = async (): Promise<void> => {
    this.copied = await navigator.clipboard.writeText(`${location.origin}${location.pathname}`).then(() => true, () => false);
  };

  readonly #mediaChanged = (): void => {
    this.requestUpdate();
    void this.#list();
  };

  readonly #lineChanged = (): void => {
    this.network = "checking";
    void lookAtLine().then((line) => (this.network = line));
  };

  async #list(): Promise<void> {
    this.devices = await this.media.devices().catch(() => []);
  }
}
