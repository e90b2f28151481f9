/** A client's meeting with their counselor: before it, the waiting room, the call, and after it. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import type { Appointment } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { helpAddress } from "../frame/furniture.ts";
import { Fetched } from "../parts/fetched.ts";
import { clock } from "../time/when.ts";
import { locale, t } from "../words/language.ts";
import { ahead } from "./ahead.ts";
import { runningLate } from "./late-place.ts";
import { carried, type Stage } from "./stages.ts";
import { MeetingPage } from "./meeting-page.ts";
import { ownPreview } from "./own-preview.ts";
import { byPhone, goesOnByPhone } from "./phone-place.ts";
import type { Meeting, Seat } from "./types.ts";

class MeetPage extends MeetingPage {
  protected readonly side = "/api";
  readonly #appointment = new Fetched<Appointment>(this, () => call("GET", `/api/appointments/${this.params["id"]}`));
  @state() private said = "";

  override opened(): void {
    if (this.#appointment.value?.id !== this.params["id"]) this.#appointment.clear();
    void this.#appointment.load();
    super.opened();
  }

  protected override render(): TemplateResult {
    const { attendance } = this;
    const stage = this.#called ? "off" : (attendance?.stage ?? "loading");
    return html`${this.summary()} ${this.heading(this.#title(stage))}
      ${this.#show(stage)}
      ${stage === "in" || stage === "admitted" ? nothing : html`<p><a class="tall" href="/appointments/${this.params["id"]}">${t("meet.back")}</a></p>`}`;
  }

  protected override stageIs(stage: Stage): void {
    const words = stage === "in" || stage === "admitted" ? t("meet.admitted") : "";
    if (words && words !== this.said) announce(words);
    this.said = words;
    void this.readFromHeading();
  }

  protected override updated(): void {
    const preview = this.querySelector<HTMLVideoElement>(".waiting-room video");
    if (preview && this.line && preview.srcObject !== this.line.media.stream) {
      preview.srcObject = this.line.media.stream;
      void preview.play().catch(() => {});
    }
  }

  /** Called off, or over, before anybody came. */
  get #called(): boolean {
    const status = this.#appointment.value?.status;
    return this.attendance?.stage !== "ended" && (status === "cancelled" || status === "noshow");
  }

  get #name(): string {
    return this.#host?.name ?? this.#appointment.value?.counselor.name ?? "";
  }

  get #host(): Seat | undefined {
    return this.attendance?.meeting?.others.find(({ role }) => role === "counselor");
  }

  #title(stage: Stage): string {
    if (stage === "waiting") return t("meet.waiting.heading");
    if (stage === "ended" || stage === "left") return t(stage === "ended" ? "meet.ended.heading" : "meet.left.heading");
    return this.#name ? t("meet.heading", { name: this.#name }) : t("meet.heading.short");
  }

  #show(stage: Stage): unknown {
    const meeting = this.attendance?.meeting;
    if (stage === "off") return html`<div class="panel"><p>${t("meet.off")}</p></div>`;
    if (!meeting) return this.notYet();
    switch (stage) {
      case "early": return html`${this.early(meeting)} ${this.#late(meeting)} ${this.#byPhone(meeting)}`;
      case "late": return html`<div class="panel"><p>${t("meet.late")}</p></div>${this.#writeButton()}`;
      case "open": return html`${this.#open(meeting)} ${this.#late(meeting)}`;
      case "waiting": return this.#waitingRoom(meeting);
      case "declined": return this.#declined();
      case "admitted":
      case "in": return this.grid(this.#inCall(meeting), this.writes ? this.write(this.#name) : nothing);
      case "moved": return this.moved();
      case "removed": return html`<div class="panel"><p>${t("meet.removed")}</p></div>`;
      case "ended":
      case "left": return this.#after(stage, meeting);
      default: return this.notYet();
    }
  }

  /** By phone: open where that was agreed on or chosen, else folded. */
  #byPhone(meeting: Meeting): TemplateResult | typeof nothing {
    if (meeting.mode === "text") return nothing;
    return byPhone(meeting.of, this.#name, meeting.mode !== "phone" && this.attendance!.mode !== "phone");
  }

  /** The meeting knows it sooner than the appointment, which was asked for when the page was opened. */
  #late({ client_delay, counselor_delay }: Meeting): TemplateResult | typeof nothing {
    const appointment = this.#appointment.value;
    if (!appointment) return nothing;
    return runningLate<Appointment>({ ...appointment, client_delay, counselor_delay }, { side: "/api", name: this.#name, said: (answer) => this.#appointment.set(answer) });
  }

  /** Whoever takes part by phone needs no camera; to be here all the same tells the counselor that they are ready. */
  #open(meeting: Meeting): TemplateResult {
    const phone = this.#byPhone(meeting);
    if (meeting.mode !== "phone" || phone === nothing) return html`${this.check(meeting)} ${phone}`;
    return html`${phone}
      <p>${t("meet.phone.ready", { name: this.#name })}</p>
      <p class="actions"><button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.come("phone")}>${t("meet.phone.come")}</button></p>
      <details class="by-phone fold"><summary>${t("meet.phone.browser")}</summary>${this.check(meeting)}</details>`;
  }

  #inCall(meeting: Meeting): TemplateResult {
    const phone = goesOnByPhone(meeting);
    return html`${phone && this.attendance!.mode === "phone" ? byPhone(meeting.of, this.#name, false) : nothing}
      ${this.call(this.#name, { phone })}`;
  }

  #waitingRoom(meeting: Meeting): TemplateResult {
    const { media } = this.line!;
    const previewed = carried(this.attendance!.mode) && meeting.mode === "video";
    return html`<div class="waiting-room ${previewed ? "with-preview" : ""}">
      <div>
        <div class="panel good"><p class="lead" role="status">${this.#news(meeting)}</p>
          <p>${this.attendance!.mode === "phone" ? t("meet.waiting.phone", { name: this.#name }) : t("meet.waiting.text")}</p></div>
        ${this.attendance!.weak ? html`<p class="trouble" role="status">${t("call.line.trying")}</p>` : nothing}
        ${this.#writeButton()}
        ${this.#late(meeting)}
        ${this.#byPhone(meeting)}
      </div>
      ${previewed ? ownPreview(media, () => this.requestUpdate()) : nothing}
    </div>
    ${this.writing ? this.write(this.#name) : nothing}`;
  }

  /** Where the counselor is, as far as it is known; the last is true from the first moment. */
  #news({ notice, start }: Meeting): string {
    const name = this.#name;
    const now = this.attendance!.now;
    const host = this.#host;
    if (host?.present && host.in_call) return t("meet.waiting.there", { name });
    if (notice) {
      const left = Date.parse(notice.expected_at) - now;
      return left > 0 ? t("meet.waiting.minutes", { name, ahead: ahead(left) }) : t("meet.waiting.moment", { name });
    }
    if (start && Date.parse(start) > now) return t("meet.waiting.early", { name, time: clock(start, this.zone) });
    return t("meet.waiting.told", { name });
  }

  #writeButton(): TemplateResult {
    return html`<p class="actions"><button type="button" class="button quiet" aria-expanded=${this.writing} @click=${() => (this.writing = !this.writing)}>
      ${this.writing ? t("meet.writing.close") : t("meet.writing.open", { name: this.#name })}</button></p>`;
  }

  #declined(): TemplateResult {
    return html`<div class="panel"><p>${t("meet.declined", { name: this.#name })}</p><p>${t("meet.declined.text", { name: this.#name })}</p></div>
      <p class="actions">
        <button type="button" class="button quiet" aria-expanded=${this.writing} @click=${() => (this.writing = !this.writing)}>
          ${this.writing ? t("meet.writing.close") : t("meet.writing.open", { name: this.#name })}</button>
        <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.declined.again")}</button>
      </p>
      ${this.writing ? this.write(this.#name) : nothing}`;
  }

  #after(stage: "ended" | "left", meeting: Meeting): TemplateResult {
    const again = stage === "left" && meeting.closes_at && this.attendance!.now < Date.parse(meeting.closes_at);
    return html`<p class="lead">${t(stage === "ended" ? "meet.ended.text" : "meet.left.text")}</p>
      ${again ? html`<p class="actions"><button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.left.again")}</button></p>` : nothing}
      ${this.#writeButton()}
      ${this.writing ? this.write(this.#name) : nothing}
      <section aria-labelledby="hard"><h2 id="hard">${t("meet.after.hard")}</h2>
        <p>${t("meet.after.hard.text")}</p>
        <p><a class="button quiet" href=${helpAddress(locale())}>${t("footer.help")}</a></p>
      </section>`;
  }
}

customElements.define("meet-page", MeetPage);
