/**
 * A call, drawn: the others, the own little picture, how it goes in words, and what one can do.
 *
 * Fires "write" (to show or hide where one writes) and "leave". Needs the words and the style sheet "meetings".
 */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { initial } from "../booking/words.ts";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { t } from "../words/language.ts";
import type { Attendance } from "./attendance.ts";
import { carried } from "./stages.ts";
import { type Caption, captionOf, isWeak, type Person } from "./captions.ts";
import { bar } from "./bar.ts";
import "./call-settings.ts";
import { Inset } from "./inset.ts";
import type { Line } from "./line.ts";
import { lineChoices } from "./line-choices.ts";
import { ScreenShare } from "./screen-share.ts";
import { Stills } from "./stills.ts";
import { tile } from "./tile.ts";
import type { Mode, Seat } from "./types.ts";
import { AwakeScreen } from "./wake-lock.ts";

export class CallStage extends Part {
  @property({ attribute: false }) attendance!: Attendance;
  @property({ attribute: false }) line!: Line;
  /** Who is expected, by name. */
  @property({ attribute: false }) expected = "";
  /** Whether the place to write in is open. */
  @property({ attribute: false }) writing = false;
  @property({ attribute: false }) sharing = false;
  /** Whether a phone can be used instead. */
  @property({ attribute: false }) phone = false;
  /** The seats of those in a circle in their order; people of an appointment need none. */
  @property({ attribute: false }) arranged: readonly string[] | null = null;
  /** What else is to be known of somebody, in a word. */
  @property({ attribute: false }) said: (seat: Seat) => string = () => "";
  @state() private settings = false;
  @state() private problem = "";
  #heard: EventTarget[] = [];
  #said = "";
  readonly #inset = new Inset(this);
  readonly #stills = new Stills(this);
  readonly #screen = new ScreenShare(this, () => this.line.call);

  constructor() {
    super();
    new AwakeScreen(this);
  }

  override disconnectedCallback(): void {
    this.#hear([]);
    this.#screen.stop();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("attendance") || changed.has("line") || !this.#heard.length) this.#hear([this.attendance, this.line, this.line.media]);
  }

  protected override updated(): void {
    const own = this.querySelector<HTMLVideoElement>(".own video");
    if (own && own.srcObject !== this.line.media.stream) {
      own.muted = true;
      own.srcObject = this.line.media.stream;
      void own.play().catch(() => {});
    }
    this.#show();
    this.#sayStep();
  }

  protected override render(): TemplateResult {
    const { attendance, line } = this;
    const { media } = line;
    const caption = this.#caption;
    const silent = [...(line.call?.others.values() ?? [])].some((other) => other.silent);
    return html`<section class="stage" aria-label=${t("call.label")}>
      ${this.#faces()}
      <p class="call-state ${caption.trouble ? "trouble" : ""}" role="status">${words(caption)}</p>
      ${silent ? html`<p><button type="button" class="button big" @click=${this.#reconnectSound}>${t("call.sound.again")}</button></p>` : nothing}
      ${line.steppedDown ? html`<div class="panel ember"><p>${t("call.stepped-down")}</p>
        <p><button type="button" class="button quiet" @click=${() => line.saveData(false)}>${t("call.stepped-down.undo")}</button></p></div>` : nothing}
      ${this.#choices()}
      ${this.problem ? html`<p class="fault" role="alert">${this.problem}</p>` : nothing}
      ${bar({
        media, carried: carried(attendance.mode), camera: attendance.meeting?.mode === "video", writing: this.arranged || attendance.mode === "text" ? null : this.writing, settings: carried(attendance.mode) ? this.settings : null,
        inset: this.#inset.possible ? this.#inset.open : null, screen: this.sharing && this.#screen.possible && line.call ? this.#screen.on : null,
        microphone: () => this.#switch("microphone"), turnCamera: () => this.#switch("camera"), write: () => this.#tell("write"),
        set: () => (this.settings = !this.settings), turnInset: () => void this.#inset.turn(), share: () => void this.#screen.turn(), leave: () => this.#tell("leave"),
      })}
      ${this.settings && carried(attendance.mode) ? html`<call-settings .attendance=${attendance} .line=${line} .phone=${this.phone} @take-part=${(event: CustomEvent<Mode>) => void this.takePart(event.detail)}></call-settings>` : nothing}
      ${this.#privacy()}
    </section>`;
  }

  /** In writing and by phone nobody is seen, but how the others take part still stands there. */
  #faces(): TemplateResult | typeof nothing {
    const { mode, together } = this.attendance;
    const { media } = this.line;
    if (!carried(mode) && !together.length) return nothing;
    return html`<div class="faces ${carried(mode) ? "" : "small"} ${together.length > 1 ? "several" : ""}">
      ${repeat(this.#together, ({ id }) => id, (seat) => tile(seat, this.#person(seat), this.said(seat)))}
      ${together.length ? nothing : html`<div class="tile"><span class="arch large" aria-hidden="true">${this.expected ? initial(this.expected) : "…"}</span></div>`}
      ${carried(mode) ? html`<div class="own ${media.camera ? "" : "off"}">
        <video autoplay playsinline aria-label=${t("call.own")}></video>
        ${media.camera ? nothing : html`<p>${t("call.own.off")}</p>`}
      </div>` : nothing}
    </div>`;
  }

  get #together(): readonly Seat[] {
    const { together } = this.attendance;
    return this.arranged ? [...together].sort((one, other) => this.arranged!.indexOf(one.id) - this.arranged!.indexOf(other.id)) : together;
  }

  get #caption(): Caption {
    const { stage, weak, hindered, mode, together, meeting } = this.attendance;
    return captionOf({ stage, weak, hindered, mode, agreed: meeting?.mode ?? mode, call: this.line.call, people: together.map((seat) => this.#person(seat)), expected: this.expected });
  }

  #person({ id, name, mode }: Seat): Person {
    return { name, mode, other: this.line.call?.others.get(id), still: this.#stills.has(id) };
  }

  #choices(): TemplateResult | typeof nothing {
    const { attendance, line } = this;
    const { call, media } = line;
    if (!carried(attendance.mode)) return lineChoices({ mode: attendance.mode, camera: false, agreed: attendance.meeting?.mode ?? "audio", choose: (mode) => void this.takePart(mode), cameraOff: () => {} });
    const poor = call !== null && (isWeak(call.quality) || call.state === "reconnecting");
    if (!poor || !attendance.together.length) return nothing;
    return lineChoices({ mode: attendance.mode, camera: media.camera, agreed: attendance.meeting?.mode ?? "audio", writing: !this.arranged, phone: this.phone, choose: (mode) => void this.takePart(mode), cameraOff: () => this.#switch("camera") });
  }

  #privacy(): TemplateResult | typeof nothing {
    const { ticket, meeting } = this.attendance;
    if (!ticket) return nothing;
    return html`<p class="quiet-words">${meeting?.because === "ceiling" ? `${t("call.because.ceiling")} ` : nothing}${t(ticket.provider === "chime" ? "call.privacy.chime" : this.arranged ? "circle.privacy.peer" : "call.privacy.peer")}</p>`;
  }

  /** Another way to take part: what the way needs is switched on, what it does not need off. */
  async takePart(mode: Mode): Promise<void> {
    const { attendance, line } = this;
    this.settings = false;
    if (mode !== "video") await line.media.setCamera(false);
    if (!carried(mode)) line.media.stop();
    attendance.takePart(mode);
    if (mode === "text" && !this.writing) this.#tell("write");
    if (carried(mode)) await this.#try(() => line.media.start({ audio: true, video: mode === "video" }));
    if (carried(mode)) await line.saveData(mode === "audio" && line.saving);
  }

  #switch(what: "microphone" | "camera"): void {
    const { media } = this.line;
    void this.#try(async () => {
      if (what === "microphone") return media.setMicrophone(!media.microphone);
      const on = !media.camera;
      await media.setCamera(on);
      if (on && this.attendance.mode === "audio") this.attendance.takePart("video");
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.problem = "";
    await work().catch(() => (this.problem = t("call.device.not")));
  }

  readonly #reconnectSound = (): void => void this.line.call?.reconnectSound();

  /** Pictures are put where their element is now; lit may have made a new one. */
  #show(): void {
    const { call } = this.line;
    if (!call) return;
    for (const what of ["face", "screen"] as const) {
      for (const element of this.querySelectorAll<HTMLVideoElement>(`video[data-${what}]`)) call.show(element.dataset[what] ?? "", what, element);
    }
  }

  #sayStep(): void {
    const said = this.line.steppedDown ? t("call.stepped-down") : "";
    if (said && said !== this.#said) announce(said);
    this.#said = said;
  }

  #hear(now: EventTarget[]): void {
    for (const one of this.#heard) one.removeEventListener("change", this.#changed);
    for (const one of now) one.addEventListener("change", this.#changed);
    this.#heard = now;
  }

  readonly #changed = (): void => this.requestUpdate();

  #tell(what: "write" | "leave"): void {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define("call-stage", CallStage);

function words({ key, values }: Caption): string {
  return t(key, values);
}

declare global {
  interface HTMLElementTagNameMap {
    "call-stage": CallStage;
  }
}
