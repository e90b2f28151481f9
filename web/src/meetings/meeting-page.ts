/**
 * What the pages of all who meet have in common: coming to it, the call, writing beside it, and that
 * microphone and camera are let go of when the page is left.
 */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { later } from "../api/timers.ts";
import { announce } from "../frame/announce.ts";
import { isLeaving } from "../frame/exit.ts";
import { Page } from "../frame/page.ts";
import { settings } from "../frame/settings.ts";
import { inWords } from "../api/problem.ts";
import { confirmed } from "../parts/confirm.ts";
import { zoneOf } from "../rooms/words.ts";
import { clock, dateIn, dayAndClock } from "../time/when.ts";
import { t } from "../words/language.ts";
import { ahead, minutesUntil } from "./ahead.ts";
import { Attendance } from "./attendance.ts";
import type { Stage } from "./stages.ts";
import "./check.ts";
import type { Joining } from "./check.ts";
import { hides } from "./hides.ts";
import { Line } from "./line.ts";
import { LocalMedia } from "./local-media.ts";
import { makeCall } from "./make-call.ts";
import { meetingWorld } from "./meeting-world.ts";
import "./stage.ts";
import type { Meeting, Mode } from "./types.ts";
import "./writing.ts";

/** Said once, so that nobody is surprised by the end. */
const SOON_OVER_MINUTES = 5;

/** Camera and microphone are of no use in these. */
const OVER: ReadonlySet<Stage> = new Set<Stage>(["ended", "left", "moved", "removed", "off"]);

export abstract class MeetingPage extends Page {
  protected abstract readonly side: "/api" | "/api/staff";
  protected attendance: Attendance | null = null;
  protected line: Line | null = null;
  @state() protected writing = false;
  @state() protected failure: unknown = null;
  /** What the page was opened for. */
  protected openedFor = "";
  #hides = false;
  #stage: Stage = "loading";
  #toldOfEnd = false;

  get unsaved(): boolean {
    return this.attendance?.stage === "in" && this.attendance.together.length > 0;
  }

  override opened(): void {
    if (this.openedFor === this.occasion && this.attendance) return;
    this.#letGo();
    this.faults = [];
    this.failure = null;
    this.writing = false;
    this.#toldOfEnd = false;
    this.openedFor = this.occasion;
    const attendance = (this.attendance = new Attendance(meetingWorld(this.side, this.occasion)));
    this.#stage = attendance.stage;
    this.line = new Line(attendance, new LocalMedia(), makeCall(() => this.#hides), later);
    attendance.addEventListener("change", this.#changed);
    this.line.addEventListener("change", this.#redraws);
    void this.begin();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pagehide", this.#away);
    for (const event of ["online", "pageshow"]) addEventListener(event, this.#back);
    document.addEventListener("visibilitychange", this.#back);
  }

  override disconnectedCallback(): void {
    removeEventListener("pagehide", this.#away);
    for (const event of ["online", "pageshow"]) removeEventListener(event, this.#back);
    document.removeEventListener("visibilitychange", this.#back);
    this.#letGo();
    super.disconnectedCallback();
  }

  override async mayLeave(): Promise<boolean> {
    if (!this.unsaved || isLeaving()) return true;
    return confirmed({ heading: t("meet.leave.ask"), text: t("meet.leave.ask.text"), yes: t("meet.leave.yes"), no: t("meet.leave.no") });
  }

  protected async begin(): Promise<void> {
    const { attendance } = this;
    this.failure = null;
    try {
      await attendance?.begin();
    } catch (failure) {
      if (attendance === this.attendance) this.failure = failure;
    }
  }

  /** What there is before the meeting is known: waiting, or why it can't be. */
  protected notYet(): TemplateResult {
    if (!this.failure) return html`<p class="waiting" role="status">${t("waiting")}</p>`;
    return html`<div class="panel ember" role="alert"><p>${inWords(this.failure)}</p>
      <p><button type="button" class="button" @click=${() => this.begin()}>${t("retry")}</button></p></div>`;
  }

  /** It is too early: when it opens, and that it does so by itself. */
  protected early(meeting: Meeting): TemplateResult {
    const opens = meeting.opens_at ?? meeting.now;
    const when = dateIn(this.zone, opens) === dateIn(this.zone) ? clock(opens, this.zone) : dayAndClock(opens, this.zone);
    return html`<div class="panel">
      <p>${t("meet.early", { when, ahead: ahead(Date.parse(opens) - (this.attendance?.now ?? Date.now())) })}</p>
      <p>${t("meet.early.wait")}</p>
    </div>`;
  }

  /** Trying camera and sound; in a meeting in writing there is nothing to try. */
  protected check(meeting: Meeting): TemplateResult {
    if (meeting.mode === "text") {
      return html`<p>${t("meet.text.text")}</p>
        <p class="actions"><button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.come("text")}>${t("meet.text.come")}</button></p>`;
    }
    return html`<device-check .media=${this.line!.media} .relay=${hides(settings().video_provider)} .video=${meeting.mode === "video"} .joining=${this.busy}
      @check-join=${(event: CustomEvent<Joining>) => this.join(event.detail)} @check-write=${() => this.come("text")}></device-check>`;
  }

  protected moved(): TemplateResult {
    if (this.attendance!.you?.mode === "phone") {
      return html`<div class="panel good"><p>${t("meet.moved.phone")}</p></div>
        <p>${t("meet.moved.phone.back")}</p>
        <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.comeBack("audio")}>${t("meet.moved.phone.here")}</button></p>`;
    }
    return html`<div class="panel"><p>${t("meet.moved")}</p>
      <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.moved.here")}</button></p></div>`;
  }

  /** The call itself. */
  protected call(expected: string, { sharing = false, phone = false } = {}): TemplateResult {
    const { attendance, line } = this;
    return html`${this.timeLeft()}
      <call-stage .attendance=${attendance} .line=${line} .expected=${expected} .writing=${this.writes} .sharing=${sharing} .phone=${phone}
        @write=${this.#write} @leave=${() => void this.hangUp()}></call-stage>`;
  }

  /** Two columns where there is room: what is `beside` keeps its place, and what was typed there, while the other changes. */
  protected grid(main: unknown, beside: unknown): TemplateResult {
    const { stage, mode } = this.attendance!;
    const inWriting = stage === "in" && mode === "text";
    return html`<div class="meet-grid ${beside === nothing ? "" : "with-side"} ${inWriting ? "in-writing" : ""}">
      <div class="meet-main">${main}</div>
      <div class="meet-side">${beside}</div>
    </div>`;
  }

  /** Whether the place to write in is open; in writing it always is. */
  protected get writes(): boolean {
    return this.writing || (this.attendance?.stage === "in" && this.attendance.mode === "text");
  }

  /** The conversation of the two, under its heading. */
  protected write(name: string): TemplateResult {
    return html`<section class="meet-writing" aria-labelledby="writing"><h2 id="writing" tabindex="-1">${t("meet.writing", { name })}</h2>
      <meeting-writing .prefix=${this.side} .appointment=${this.params["id"]}></meeting-writing></section>`;
  }

  protected timeLeft(): TemplateResult | typeof nothing {
    const { meeting } = this.attendance!;
    if (!meeting?.start || !meeting.end) return nothing;
    const left = minutesUntil(meeting.end, this.attendance!.now);
    return html`<p class="quiet-words meet-times">${t(meeting.started_at ? "meet.times" : "meet.times.planned", { start: clock(meeting.started_at ?? meeting.start, this.zone), end: clock(meeting.end, this.zone) })}
      ${left > 0 && left <= SOON_OVER_MINUTES ? html`<strong>${t("meet.left", { count: left })}</strong>` : nothing}</p>`;
  }

  /** What the meeting is held for, as the API has it in its addresses. */
  protected get occasion(): string {
    return `appointments/${this.params["id"]}`;
  }

  protected get zone(): string {
    return zoneOf(this.side);
  }

  protected async come(mode: Mode): Promise<void> {
    await this.attempt(() => this.attendance!.arrive(mode));
  }

  /** Again, as one was here before. */
  protected async comeBack(mode = this.attendance!.mode): Promise<void> {
    const { line } = this;
    if (mode === "video" || mode === "audio") await line!.media.start({ audio: true, video: mode === "video" }).catch(() => {});
    await this.come(mode);
  }

  protected async hangUp(): Promise<void> {
    await this.attendance!.leave();
  }

  /** The stage is another: reading starts again at the heading. */
  protected stageIs(_stage: Stage): void {}

  protected async join({ mode, hideAddress, saveData }: Joining): Promise<void> {
    this.#hides = hideAddress;
    if (saveData) void this.line!.saveData(true);
    await this.come(mode);
  }

  readonly #write = async (): Promise<void> => {
    this.writing = !this.writing;
    await this.updateComplete;
    if (this.writing) this.querySelector<HTMLElement>("#writing")?.focus();
  };

  readonly #changed = (): void => {
    const { attendance } = this;
    if (!attendance) return;
    const { stage, meeting } = attendance;
    if (stage !== this.#stage) {
      this.#stage = stage;
      if (OVER.has(stage)) {
        this.line?.media.stop();
        this.writing = false;
      }
      this.stageIs(stage);
    }
    this.#sayEnd(stage, meeting);
    this.requestUpdate();
  };

  #sayEnd(stage: Stage, meeting: Meeting | null): void {
    if (this.#toldOfEnd || stage !== "in" || !meeting?.end) return;
    const left = minutesUntil(meeting.end, this.attendance!.now);
    if (!left || left > SOON_OVER_MINUTES) return;
    this.#toldOfEnd = true;
    announce(t("meet.left", { count: left }));
  }

  readonly #redraws = (): void => this.requestUpdate();

  readonly #away = (): void => this.attendance?.goAway();

  readonly #back = (): void => {
    if (document.visibilityState === "visible") this.attendance?.wake();
  };

  #letGo(): void {
    const { attendance, line } = this;
    attendance?.removeEventListener("change", this.#changed);
    line?.removeEventListener("change", this.#redraws);
    line?.end();
    if (attendance && (attendance.stage === "waiting" || attendance.stage === "admitted" || attendance.stage === "in")) void attendance.leave();
    attendance?.end();
    this.attendance = this.line = null;
    this.openedFor = "";
  }
}
