/** A counselor's meeting with a client: who waits, letting them in, the call, and after it. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import { runningLate } from "../../meetings/late-place.ts";
import type { Stage } from "../../meetings/stages.ts";
import { MeetingPage } from "../../meetings/meeting-page.ts";
import type { Meeting, Seat } from "../../meetings/types.ts";
import { confirmed } from "../../parts/confirm.ts";
import { Fetched } from "../../parts/fetched.ts";
import { t } from "../../words/language.ts";
import type { StaffAppointment } from "../types.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { Asides } from "./asides.ts";
import { callClient } from "./call-client-place.ts";
import { waiting } from "./waiting.ts";

class StaffMeetPage extends MeetingPage {
  protected readonly side = "/api/staff";
  readonly #appointment = new Fetched<StaffAppointment>(this, () => call("GET", `/api/staff/appointments/${this.params["id"]}`));
  readonly #deciding = new Intent();
  readonly #noticing = new Intent();
  readonly #ending = new Intent();
  readonly #asides = new Asides(this);
  #waits = "";

  override opened(): void {
    if (this.#appointment.value?.id !== this.params["id"]) this.#appointment.clear();
    void this.#appointment.load();
    super.opened();
  }

  override get unsaved(): boolean {
    return super.unsaved || this.#asides.unsaved;
  }

  override async mayLeave(): Promise<boolean> {
    return (await super.mayLeave()) && (!this.#asides.unsaved || (await leaveUnsaved()));
  }

  protected override render(): TemplateResult {
    const stage = this.#called ? "off" : (this.attendance?.stage ?? "loading");
    return html`${this.summary()} ${this.heading(this.#title(stage))}
      ${this.#show(stage)}
      ${stage === "in" || stage === "admitted" ? nothing : html`<p><a class="tall" href="/staff/appointments/${this.params["id"]}">${t("staff.meet.back")}</a></p>`}`;
  }

  protected override stageIs(stage: Stage): void {
    if (stage !== "in") void this.readFromHeading();
  }

  protected override updated(): void {
    const waits = this.#guests.map(({ name }) => name).join();
    if (waits && waits !== this.#waits) announce(t("staff.meet.waits", { name: waits }));
    this.#waits = waits;
  }

  get #called(): boolean {
    const status = this.#appointment.value?.status;
    return this.attendance?.stage !== "ended" && (status === "cancelled" || status === "noshow");
  }

  get #client(): string {
    return this.attendance?.meeting?.others.find(({ role }) => role === "client")?.name || this.#appointment.value?.client.handle || t("staff.client.gone");
  }

  get #guests(): readonly Seat[] {
    return this.attendance?.waiting ?? [];
  }

  #title(stage: Stage): string {
    if (stage === "ended") return t("staff.meet.ended.heading");
    if (stage === "left") return t("meet.left.heading");
    return this.attendance?.meeting || this.#appointment.value ? t("staff.meet.heading", { name: this.#client }) : t("staff.meet.heading.short");
  }

  #show(stage: Stage): unknown {
    const meeting = this.attendance?.meeting;
    if (stage === "off") return html`<div class="panel"><p>${t("meet.off")}</p></div>`;
    if (!meeting) return this.notYet();
    switch (stage) {
      case "early": return html`${this.early(meeting)} ${this.#late(meeting)}`;
      case "late": return html`<div class="panel"><p>${t("staff.meet.late")}</p></div>`;
      case "open": return html`${this.#waiting(meeting, false)} ${callClient(meeting, this.#client)} ${this.check(meeting)} ${this.#late(meeting)}`;
      case "moved": return this.moved();
      case "admitted":
      case "in":
      case "ended":
      case "left": return this.grid(this.#main(stage, meeting), this.#beside(stage, meeting));
      default: return this.notYet();
    }
  }

  #main(stage: "admitted" | "in" | "ended" | "left", meeting: Meeting): TemplateResult {
    if (stage === "ended" || stage === "left") return this.#after(stage, meeting);
    const alone = !this.attendance!.together.length;
    return html`${this.#waiting(meeting, true)} ${callClient(meeting, this.#client)} ${alone ? this.#late(meeting) : nothing} ${this.call(this.#client, { sharing: true })} ${this.#endButton()}`;
  }

  #late({ client_delay, counselor_delay }: Meeting): TemplateResult | typeof nothing {
    const appointment = this.#appointment.value;
    if (!appointment) return nothing;
    return runningLate<StaffAppointment>({ ...appointment, client_delay, counselor_delay }, { side: "/api/staff", name: this.#client, said: (answer) => this.#appointment.set(answer) });
  }

  #beside(stage: Stage, meeting: Meeting): TemplateResult {
    const over = stage === "ended" || stage === "left";
    return html`${this.writes && !over ? this.write(this.#client) : nothing}
      ${this.#asides.draw(this.params["id"] ?? "", over, meeting.end ?? meeting.now)}`;
  }

  /** `inside`: letting somebody in is of use once there is somebody to talk to. */
  #waiting(meeting: Meeting, inside: boolean): unknown {
    return waiting({
      guests: this.#guests, inside, notice: meeting.notice, now: this.attendance!.now, zone: this.zone, busy: this.busy,
      admit: (seat) => void this.#decide(meeting, seat, true), decline: (seat) => void this.#decline(meeting, seat), notify: (minutes) => void this.#notify(meeting, minutes),
    });
  }

  async #decide(meeting: Meeting, seat: Seat, admit: boolean): Promise<void> {
    const done = await this.attempt(async () => {
      this.attendance!.is(await call<Meeting>("POST", `/api/staff/meetings/${meeting.id}/seats/${seat.id}/admission`, { body: { admit }, intent: this.#deciding }));
    });
    if (done) announce(t(admit ? "staff.meet.admitted" : "staff.meet.declined", { name: seat.name }));
  }

  async #decline(meeting: Meeting, seat: Seat): Promise<void> {
    const sure = await confirmed({
      heading: t("staff.meet.decline.ask", { name: seat.name }), text: t("staff.meet.decline.text"), yes: t("staff.meet.decline.yes"), no: t("staff.meet.decline.no"),
    });
    if (sure) await this.#decide(meeting, seat, false);
  }

  async #notify(meeting: Meeting, minutes: number): Promise<void> {
    const done = await this.attempt(async () => {
      this.attendance!.is(await call<Meeting>("PUT", `/api/staff/meetings/${meeting.id}/notice`, { body: { minutes }, intent: this.#noticing }));
    });
    if (done) announce(t("staff.meet.noticed"));
  }

  #endButton(): TemplateResult {
    return html`<p class="actions meet-end"><button type="button" class="button grave" aria-disabled=${this.busy} @click=${this.#end}>${t("staff.meet.end")}</button></p>`;
  }

  readonly #end = async (): Promise<void> => {
    const { meeting } = this.attendance!;
    if (!meeting) return;
    const sure = await confirmed({ heading: t("staff.meet.end.ask"), text: t("staff.meet.end.text"), yes: t("staff.meet.end.yes"), no: t("staff.meet.end.no") });
    if (!sure) return;
    await this.attempt(async () => {
      this.attendance!.is(await call<Meeting>("POST", `/api/staff/meetings/${meeting.id}/end`, { body: {}, intent: this.#ending }));
    });
  };

  /** Hanging up leaves the client where they are; whether that is meant is asked for while they are there. */
  protected override async hangUp(): Promise<void> {
    if (this.attendance!.together.length) {
      const sure = await confirmed({
        heading: t("staff.meet.leave.ask"), text: t("staff.meet.leave.text", { name: this.#client }), yes: t("staff.meet.leave.yes"), no: t("staff.meet.leave.no"),
      });
      if (!sure) return;
    }
    await super.hangUp();
  }

  #after(stage: "ended" | "left", meeting: Meeting): TemplateResult {
    const open = stage === "left" && meeting.closes_at && this.attendance!.now < Date.parse(meeting.closes_at);
    return html`<p class="lead">${t(stage === "ended" ? "staff.meet.ended.text" : "staff.meet.left.text")}</p>
      ${open ? html`<p class="actions">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.left.again")}</button>
        <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#end}>${t("staff.meet.end")}</button>
      </p>` : nothing}
      <p class="actions"><a class="button quiet" href="/staff/agenda">${t("staff.nav.agenda")}</a></p>`;
  }
}

customElements.define("staff-meet-page", StaffMeetPage);
