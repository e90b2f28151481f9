/** One appointment, as its counselor sees it; and, at the address that ends in /cancel, its cancelling. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { runningLate } from "../meetings/late-place.ts";
import { isNear } from "../meetings/near.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { textArea, typed } from "../parts/field.ts";
import { clock, dateIn, longDay, longDayAndClock, span } from "../time/when.ts";
import { offsetOf, zoneHere, zoneInWords } from "../time/zones.ts";
import { t, tCode } from "../words/language.ts";
import "./meetings/emergency-procedure.ts";
import type { AppointmentNote } from "./meetings/note.ts";
import "./meetings/who-waits.ts";
import { Refocus } from "./refocus.ts";
import type { StaffAppointment } from "./types.ts";
import { leaveUnsaved } from "./unsaved.ts";

const LONGEST_REASON = 300;
/** Timers longer than this many milliseconds fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

type Aside = "note" | "earlier" | "concern" | "next" | "told" | "break";
/** None of these is waited for when the page is opened. */
const LOADERS: Readonly<Record<Aside, () => Promise<unknown>>> = {
  note: () => import("./meetings/note.ts"),
  earlier: () => import("./meetings/earlier-notes.ts"),
  concern: () => import("./meetings/raise-concern.ts"),
  next: () => import("./meetings/next-appointment.ts"),
  told: () => import("../reminders/what-was-told.ts"),
  break: () => import("./meetings/short-break.ts"),
};
/** How long after the end a break is offered. */
const BREAK_OFFERED_MS = 60 * 60_000;

class StaffAppointmentPage extends Page {
  #reasonTyped = false;
  /** What was opened once stays, folded or not: there may be words in it. */
  readonly #opened = new Set<Aside>();
  readonly #appointment = new Fetched<StaffAppointment>(this, () => this.#ask());
  readonly #cancelling = new Intent();
  readonly #missing = new Intent();
  #begins: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Refocus(this, () => void this.#quietly());
  }

  override opened(): void {
    this.faults = [];
    if (this.#appointment.value?.id !== this.params["id"]) {
      this.#appointment.clear();
      this.#opened.clear();
    }
    void this.#appointment.load();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#begins);
    super.disconnectedCallback();
  }

  override async mayLeave(): Promise<boolean> {
    if (!this.unsaved) return true;
    const leaves = await leaveUnsaved();
    if (leaves) this.#reasonTyped = false;
    return leaves;
  }

  get unsaved(): boolean {
    return this.#reasonTyped || (this.querySelector<AppointmentNote>("appointment-note")?.unsaved ?? false);
  }

  get #address(): string {
    return `/staff/appointments/${this.params["id"]}`;
  }

  get #asksToCancel(): boolean {
    return location.pathname.endsWith("/cancel");
  }

  get #zone(): string {
    return staff.person?.zone ?? zoneHere();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t(this.#asksToCancel ? "staff.cancel.heading" : "staff.appointment.heading"))}
      ${this.#appointment.render((of) => html`${this.#facts(of)} ${this.#asksToCancel ? this.#cancelForm(of) : html`${this.#late(of)} ${this.#choices(of)} ${this.#asides(of)}`}`)}`;
  }

  /** What one wants beside an appointment: before it, while it goes on, and afterwards. */
  #asides({ id, end, status, start }: StaffAppointment): TemplateResult {
    const now = Date.now();
    const winding = status !== "cancelled" && Date.parse(start) <= now && now < Date.parse(end) + BREAK_OFFERED_MS;
    return html`<div class="asides">
      <emergency-procedure></emergency-procedure>
      ${this.#aside("note", html`<appointment-note appointment=${id}></appointment-note>`)}
      ${this.#aside("earlier", html`<earlier-notes appointment=${id}></earlier-notes>`)}
      ${this.#aside("concern", html`<raise-concern appointment=${id}></raise-concern>`)}
      ${status === "cancelled" ? nothing : this.#aside("next", html`<next-appointment appointment=${id}></next-appointment>`)}
      ${this.#aside("told", html`<what-was-told appointment=${id}></what-was-told>`)}
      ${winding ? this.#aside("break", html`<short-break appointment=${id} end=${end}></short-break>`) : nothing}
    </div>`;
  }

  #aside(name: Aside, content: TemplateResult): TemplateResult {
    return html`<details class="aside" id="aside-${name}" @toggle=${() => this.#open(name)}>
      <summary>${t(`aside.${name}`)}</summary>
      ${this.#opened.has(name) ? content : nothing}
    </details>`;
  }

  #open(name: Aside): void {
    if (this.#opened.has(name)) return;
    this.#opened.add(name);
    void LOADERS[name]().catch(() => this.#opened.delete(name)).then(() => this.requestUpdate());
    this.requestUpdate();
  }

  #facts(of: StaffAppointment): TemplateResult {
    const zone = this.#zone;
    return html`<dl class="facts">
      <div><dt>${t("staff.client")}</dt><dd>${clientName(of)}</dd></div>
      <div><dt>${t("staff.when")}</dt><dd>${longDay(of.start, zone)}<br><strong>${span(of.start, of.end, zone)}</strong>
        <span class="quiet-words">${zoneInWords(zone)} <bdi>${offsetOf(zone, Date.parse(of.start))}</bdi></span></dd></div>
      <div><dt>${t("staff.mode")}</dt><dd>${tCode("mode", of.mode)}${of.series ? html`<br>${t("appointment.series", { position: of.series.position, count: of.series.of })}` : nothing}</dd></div>
      <div><dt>${t("staff.status")}</dt><dd><strong>${t(`staff.status.${of.status}`)}</strong>
        ${of.cancelled_by ? html`<br>${t(`staff.cancelled-by.${of.cancelled_by}`)}` : nothing}
        ${of.cancel_reason ? html`<br><span class="typed">${of.cancel_reason}</span>` : nothing}</dd></div>
    </dl>`;
  }

  #late(of: StaffAppointment): TemplateResult {
    if (of.missed_before) void import("./missed-before.ts").catch(() => {});
    return html`${of.missed_before ? html`<missed-before .count=${of.missed_before}></missed-before>` : nothing}
      ${runningLate<StaffAppointment>(of, { side: "/api/staff", name: of.client.handle || t("staff.client.gone"), said: (answer) => this.#appointment.set(answer) })}`;
  }

  #choices(of: StaffAppointment): TemplateResult {
    const back = html`<p><a class="tall" href="/staff/agenda/week/${dateIn(this.#zone, of.start)}">${t("staff.appointment.back")}</a></p>`;
    const join = isNear(of) ? html`<who-waits .appointments=${[of]}></who-waits>
      <p class="actions"><a class="button" href="${this.#address}/meet">${t("staff.appointment.join")}</a></p>` : nothing;
    if (of.status !== "booked") return html`${join}${back}`;
    const begun = Date.parse(of.start) <= Date.now();
    const over = Date.parse(of.end) <= Date.now();
    if (!begun) this.#watch(of.start);
    return html`${join}<p class="actions">
        ${begun ? html`<button class="button quiet" aria-disabled=${this.busy} @click=${() => this.#noShow(of)}>${t("staff.noshow.button")}</button>` : nothing}
        ${over ? nothing : html`<a class="button quiet" href="${this.#address}/cancel">${t("staff.cancel.button")}</a>`}
      </p>
      ${begun ? nothing : html`<p class="quiet-words">${t("staff.noshow.later", { time: clock(of.start, this.#zone) })}</p>`}
      ${back}`;
  }

  #cancelForm(of: StaffAppointment): TemplateResult {
    if (of.status !== "booked") return this.#choices(of);
    if (of.series) {
      void import("./series-cancelling.ts").catch(() => {});
      return html`<series-cancelling .appointment=${of} @input=${() => (this.#reasonTyped = true)} @done=${() => (this.#reasonTyped = false)}></series-cancelling>`;
    }
    return html`<form novalidate @submit=${this.#cancel} @input=${() => (this.#reasonTyped = true)}>
      ${textArea({ id: "reason", label: t("staff.cancel.reason"), hint: t("staff.cancel.reason.hint"), fault: this.faultOf("reason"), maxLength: LONGEST_REASON })}
      <p class="actions">
        <button class="button grave" aria-disabled=${this.busy}>${t("staff.cancel.button")}</button>
        <a class="button quiet" href=${this.#address}>${t("staff.cancel.keep")}</a>
      </p>
    </form>`;
  }

  readonly #cancel = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const of = this.#appointment.value;
    const { reason = "" } = typed(event.currentTarget as HTMLFormElement);
    if (!of) return;
    if (!reason) return this.blame({ field: "reason", words: t("staff.cancel.reason.missing") });
    const sure = await confirmed({
      heading: t("staff.cancel.ask"),
      text: t("staff.cancel.ask.text", { handle: of.client.handle || t("staff.client.gone"), when: longDayAndClock(of.start, this.#zone) }),
      yes: t("staff.cancel.button"),
      no: t("staff.cancel.keep"),
    });
    if (!sure) return;
    await this.attempt(async () => {
      await this.#change("cancel", { reason, version: of.version }, this.#cancelling);
      this.#reasonTyped = false;
      await router.go(this.#address, "replace");
      announce(t("staff.cancel.done"));
    });
  };

  async #noShow(of: StaffAppointment): Promise<void> {
    const sure = await confirmed({
      heading: t("staff.noshow.ask"),
      text: t("staff.noshow.ask.text", { handle: of.client.handle || t("staff.client.gone") }),
      yes: t("staff.noshow.yes"),
    });
    if (!sure) return;
    const done = await this.attempt(() => this.#change("noshow", { version: of.version }, this.#missing));
    if (!done) return;
    announce(t("staff.noshow.done"));
    await this.updateComplete;
    this.querySelector("h1")?.focus();
  }

  /** When it changed meanwhile, what is on the screen is old: the new state comes first, and the words beside it. */
  async #change(what: "cancel" | "noshow", body: object, intent: Intent): Promise<void> {
    try {
      this.#appointment.set(await call<StaffAppointment>("POST", `/api${this.#address}/${what}`, { body, intent }));
      intent.done();
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 409) await this.#appointment.load();
      throw failure;
    }
  }

  #watch(start: string): void {
    clearTimeout(this.#begins);
    this.#begins = setTimeout(() => this.requestUpdate(), Math.min(LONGEST_TIMER, Date.parse(start) - Date.now() + 500));
  }

  #ask(): Promise<StaffAppointment> {
    return call<StaffAppointment>("GET", `/api${this.#address}`);
  }

  async #quietly(): Promise<void> {
    const id = this.params["id"];
    const found = await this.#ask().catch(() => null);
    if (found && id === this.params["id"] && !this.busy) this.#appointment.set(found);
  }
}

/** Whoever has deleted their account has no name any more. */
function clientName({ client }: StaffAppointment): unknown {
  return client.handle ? html`<bdi dir="ltr">${client.handle}</bdi>` : t("staff.client.gone");
}

customElements.define("staff-appointment-page", StaffAppointmentPage);
