/** The counselor's day or week. A list of days: side by side on a wide screen, one below the other on a phone. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { later } from "../time/when.ts";
import { offsetOf, zoneHere, zoneInWords } from "../time/zones.ts";
import { t } from "../words/language.ts";
import { entriesOn, entry } from "./entries.ts";
import "./meetings/who-waits.ts";
import { Refocus } from "./refocus.ts";
import type { Agenda, Block } from "./types.ts";
import { datesInWords, dayInWords, shortDayInWords, startOfWeek, today } from "../time/week.ts";

class AgendaPage extends Page {
  @state() private removed: Block | null = null;
  readonly #agenda = new Fetched<Agenda>(this, () => this.#ask());
  readonly #removing = new Intent();
  readonly #restoring = new Intent();

  constructor() {
    super();
    new Refocus(this, () => void this.#quietly());
  }

  override opened(): void {
    this.faults = [];
    this.removed = null;
    if (this.#agenda.value?.from !== this.#from || this.#agenda.value.days !== this.#days) this.#agenda.clear();
    void this.#agenda.load();
  }

  /** Another language may begin its weeks on another day, and at midnight another day is today. */
  protected override updated(): void {
    const shown = this.#agenda.value;
    if (!shown || shown.from === this.#from) return;
    this.#agenda.clear();
    void this.#agenda.load();
  }

  get #view(): "day" | "week" {
    return this.params["view"] === "day" ? "day" : "week";
  }

  get #zone(): string {
    return this.#agenda.value?.zone ?? staff.person?.zone ?? zoneHere();
  }

  get #date(): string {
    const asked = this.params["date"] ?? "";
    return /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today(this.#zone);
  }

  get #from(): string {
    return this.#view === "day" ? this.#date : startOfWeek(this.#date);
  }

  get #days(): number {
    return this.#view === "day" ? 1 : 7;
  }

  protected override render(): TemplateResult {
    const from = this.#from;
    const here = zoneHere();
    return html`${this.summary()} ${this.heading(t("agenda.heading"))}
      <div class="agenda-bar">
        <nav aria-label=${t("agenda.move")}><ul class="pills">
          <li><a href=${this.#address(later(from, -this.#days))} rel="prev">${t(`agenda.previous.${this.#view}`)}</a></li>
          <li><a href=${this.#address(today(this.#zone))}>${t("agenda.today")}</a></li>
          <li><a href=${this.#address(later(from, this.#days))} rel="next">${t(`agenda.next.${this.#view}`)}</a></li>
        </ul></nav>
        <nav aria-label=${t("agenda.view")}><ul class="pills">
          ${(["day", "week"] as const).map((view) => html`<li>
            <a href="/staff/agenda/${view}/${this.#date}" aria-current=${view === this.#view ? "true" : nothing}>${t(`agenda.view.${view}`)}</a>
          </li>`)}
        </ul></nav>
        <a class="button" href="/staff/block/${this.#date}">${t("block.button")}</a>
      </div>
      <h2 class="period">${this.#view === "day" ? dayInWords(from) : datesInWords(from, later(from, 6))}</h2>
      <p class="zone-note">${t("zone.shown-in")} <strong>${zoneInWords(this.#zone)}</strong> <bdi class="quiet-words">${offsetOf(this.#zone, Date.parse(`${from}T12:00:00Z`))}</bdi>
        ${here === this.#zone || offsetOf(here) === offsetOf(this.#zone) ? nothing : html`<a href="/staff/account">${t("zone.change")}</a>`}</p>
      <p><a class="tall" href="/staff/waitlist">${t("waitlist.heading")}</a></p>
      ${this.removed ? this.#undo() : nothing}
      ${this.#agenda.render((agenda) => this.#show(agenda))}`;
  }

  #address(date: string): string {
    return `/staff/agenda/${this.#view}/${date}`;
  }

  #show(agenda: Agenda): TemplateResult {
    const dates = Array.from({ length: this.#days }, (_, at) => later(this.#from, at));
    const count = agenda.appointments.filter(({ status }) => status !== "cancelled").length;
    const empty = !agenda.appointments.length && !agenda.blocks.length;
    return html`<who-waits .appointments=${agenda.appointments}></who-waits>
      <p>${t(count ? "agenda.count" : `agenda.none.${this.#view}`, { count })}</p>
      ${empty ? html`<p class="panel">${t("agenda.empty")} <a href="/staff/hours">${t("staff.nav.hours")}</a> <a href="/staff/profile">${t("staff.nav.profile")}</a></p>` : nothing}
      <ol class="agenda-days ${this.#view}" aria-label=${t("agenda.days")}>${dates.map((date) => this.#day(date, agenda))}</ol>`;
  }

  #day(date: string, agenda: Agenda): TemplateResult {
    const entries = entriesOn(date, agenda);
    const isToday = date === today(agenda.zone);
    return html`<li class="agenda-day ${isToday ? "today" : ""}">
      ${this.#view === "day" ? nothing : html`<h3><a href="/staff/agenda/day/${date}">${shortDayInWords(date)}</a>
        ${isToday ? html`<span class="tag">${t("agenda.today")}</span>` : nothing}</h3>`}
      ${entries.length
        ? html`<ul class="entries">${entries.map((of) => entry(date, agenda.zone, of, (block) => void this.#remove(block)))}</ul>`
        : html`<p class="quiet-words">${t("agenda.free")}</p>`}
    </li>`;
  }

  #undo(): TemplateResult {
    return html`<div class="panel" role="status"><p>${t("block.removed")}
      <button class="link undo" aria-disabled=${this.busy} @click=${this.#restore}>${t("block.undo")}</button></p></div>`;
  }

  async #remove(block: Block): Promise<void> {
    const done = await this.attempt(async () => {
      await call("DELETE", `/api/staff/blocks/${block.id}`, { intent: this.#removing });
      this.#removing.done();
      const now = this.#agenda.value;
      if (now) this.#agenda.set({ ...now, blocks: now.blocks.filter(({ id }) => id !== block.id) });
    });
    if (!done) return;
    this.removed = block;
    await this.updateComplete;
    this.querySelector<HTMLElement>(".undo")?.focus();
  }

  async #restore(): Promise<void> {
    const block = this.removed;
    if (!block) return;
    const done = await this.attempt(async () => {
      const { start, end, note } = block;
      await call("POST", "/api/staff/blocks", { body: { start, end, note }, intent: this.#restoring });
      this.#restoring.done();
    });
    if (!done) return;
    this.removed = null;
    announce(t("block.restored"));
    await this.#agenda.load();
    this.querySelector("h1")?.focus();
  }

  #ask(): Promise<Agenda> {
    return call<Agenda>("GET", `/api/staff/agenda?from=${this.#from}&days=${this.#days}`);
  }

  /** What is on the screen stays there when the connection is gone. */
  async #quietly(): Promise<void> {
    const from = this.#from;
    const found = await this.#ask().catch(() => null);
    if (found && from === this.#from && !this.busy) this.#agenda.set(found);
  }
}

customElements.define("agenda-page", AgendaPage);
