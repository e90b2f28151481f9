/** One appointment: what it is, and moving or cancelling it within the rules. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call, callForFile } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import type { Appointment } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { runningLate } from "../meetings/late-place.ts";
import { isNear, mayGoOn, nearChangesIn } from "../meetings/near.ts";
import { byPhone } from "../meetings/phone-place.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { saveFile } from "../parts/save-file.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import { whenInFull } from "./words.ts";

/** Timers longer than this many milliseconds fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

class AppointmentPage extends Page {
  @state() private done: "cancel.done" | null = null;
  #nears: ReturnType<typeof setTimeout> | undefined;
  readonly #intent = new Intent();
  readonly #appointment = new Fetched<Appointment>(this, () => call("GET", `/api/appointments/${this.params["id"]}`));

  override opened(): void {
    this.done = null;
    this.faults = [];
    if (this.#appointment.value?.id !== this.params["id"]) this.#appointment.clear();
    void this.#appointment.load();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#nears);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(this.#title())}
      ${this.done ? html`<p class="panel good">${t(this.done)}</p>` : nothing}
      ${this.#news() && !this.done ? html`<p class="panel good">${t(this.params["news"] === "moved" ? "move.done" : "booked.text")}</p>` : nothing}
      ${this.#appointment.render((appointment) => this.#show(appointment))}
      <p><a class="tall" href="/appointments">${t("appointment.back")}</a></p>`;
  }

  #title(): string {
    if (this.params["news"] === "booked" && !this.done) return t("booked.heading");
    const name = this.#appointment.value?.counselor.name;
    return name ? t("appointment.heading", { name }) : t("appointment.calendar.title");
  }

  #news(): boolean {
    return this.params["news"] === "booked" || this.params["news"] === "moved";
  }

  #show(appointment: Appointment): TemplateResult {
    const { start, end, mode, status, counselor, unattended } = appointment;
    const missed = status === "noshow" || unattended;
    return html`${mode === "phone" ? this.#byPhone(appointment) : nothing}${this.#join(appointment)}<dl class="facts">
        <div><dt>${t("book.when")}</dt><dd>${whenInFull({ start, end }, ownZone())}</dd></div>
        <div><dt>${t("book.counselor")}</dt><dd><bdi>${counselor.name}</bdi></dd></div>
        <div><dt>${t("book.how")}</dt><dd>${tCode("mode", mode)}</dd></div>
        <div><dt>${t("appointment.status")}</dt><dd>${tCode("status", status)}</dd></div>
      </dl>
      ${this.#series(appointment)}
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      ${mode === "video" || mode === "audio" ? this.#byPhone(appointment) : nothing}
      ${runningLate<Appointment>(appointment, { side: "/api", name: counselor.name, said: (answer) => this.#appointment.set(answer) })}
      ${status === "cancelled" && !unattended ? this.#cancelled(appointment) : nothing}
      ${missed ? this.#missed(appointment) : nothing}
      ${status === "booked" ? this.#booked(appointment) : nothing}
      ${status === "booked" || status === "arrived" || missed ? nothing : html`<p><a class="button quiet" href="/counselors/${counselor.id}">${t("appointment.book-again", { name: counselor.name })}</a></p>`}`;
  }

  #series({ id, series, can_change }: Appointment): TemplateResult | typeof nothing {
    if (!series) return nothing;
    void import("./series-place.ts").catch(() => {});
    return html`<series-place .appointment=${id} .place=${series} .cancels=${!can_change} .open=${this.params["news"] === "booked"}></series-place>`;
  }

  #byPhone(appointment: Appointment): TemplateResult | typeof nothing {
    return mayGoOn(appointment) ? byPhone(appointment.id, appointment.counselor.name, appointment.mode !== "phone") : nothing;
  }

  /** The way to the meeting, from an hour before: it comes and goes by itself. */
  #join(appointment: Appointment): TemplateResult | typeof nothing {
    clearTimeout(this.#nears);
    const wait = nearChangesIn(appointment);
    if (wait < LONGEST_TIMER) this.#nears = setTimeout(() => this.requestUpdate(), wait + 500);
    if (!isNear(appointment)) return nothing;
    return html`<div class="panel good"><p><a class="button" href="/appointments/${appointment.id}/meet">${t("appointment.join")}</a></p>
      <p class="quiet-words">${t("appointment.join.hint")}</p></div>`;
  }

  #booked(appointment: Appointment): TemplateResult {
    const when = dayAndClock(appointment.change_until, ownZone());
    void import("../reminders/how-reminded.ts").catch(() => {});
    return html`<how-reminded></how-reminded><p><button class="button" @click=${this.#toCalendar}>${t("appointment.calendar")}</button></p>
      <p class="quiet-words">${t("appointment.calendar.hint")}</p>
      <section aria-labelledby="change">
        <h2 id="change">${t("appointment.change")}</h2>
        ${appointment.can_change
          ? html`<p>${t("appointment.until", { when })}</p>
            <p class="actions">
              <a class="button quiet" href="/appointments/${appointment.id}/move">${t("appointment.move")}</a>
              ${appointment.series ? html`<a class="button quiet" href="/appointments/${appointment.id}/cancel">${t("appointment.cancel")}</a>`
                : html`<button class="button quiet" aria-disabled=${this.busy} @click=${() => this.#cancel(appointment)}>${t("appointment.cancel")}</button>`}
            </p>`
          : html`<p>${t("appointment.too-late", { when })}</p>`}
      </section>`;
  }

  #cancelled({ cancelled_by, cancel_reason, counselor }: Appointment): TemplateResult {
    return html`<div class="panel">
      <p>${cancelled_by === "client" ? t("appointment.cancelled.by-you") : t("appointment.cancelled.by-counselor", { name: counselor.name })}</p>
      ${cancel_reason ? html`<p>${t("appointment.cancelled.reason")} <span dir="auto">${cancel_reason}</span></p>` : nothing}
    </div>`;
  }

  #missed(appointment: Appointment): TemplateResult {
    void import("./missed.ts").catch(() => {});
    return html`<missed-appointment .of=${appointment}></missed-appointment>`;
  }

  async #cancel({ id, version, counselor }: Appointment): Promise<void> {
    const sure = await confirmed({
      heading: t("appointment.cancel.ask"),
      text: t("appointment.cancel.text", { name: counselor.name }),
      yes: t("appointment.cancel.yes"),
      no: t("appointment.cancel.no"),
    });
    if (!sure) return;
    const cancelled = await this.attempt(async () => {
      try {
        this.#appointment.set(await call<Appointment>("POST", `/api/appointments/${id}/cancel`, { body: { version }, intent: this.#intent }));
        this.done = "cancel.done";
      } catch (failure) {
        // What is shown was out of date: show what is there now, beside the words for it.
        if (failure instanceof Problem && failure.status === 409) void this.#appointment.load();
        throw failure;
      }
    });
    if (!cancelled) return;
    announce(t("cancel.done"));
    await this.readFromHeading();
  }

  async #toCalendar(): Promise<void> {
    await this.attempt(async () => {
      const file = await callForFile(`/api/appointments/${this.params["id"]}/calendar`);
      saveFile(file, `${t("appointment.calendar.file")}.ics`);
    });
  }
}

customElements.define("appointment-page", AppointmentPage);
