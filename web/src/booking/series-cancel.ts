/** Calling off one appointment of a series, it and those after it, or all. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import type { Appointment } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { daySpan } from "../time/when.ts";
import { t } from "../words/language.ts";
import { type Scope, scopeChoices } from "./series-scope.ts";
import { whenInFull } from "./words.ts";

interface Done {
  readonly cancelled: readonly Appointment[];
  readonly kept: readonly Appointment[];
}

class SeriesCancelPage extends Page {
  @state() private scope: Scope = "one";
  @state() private done: Done | null = null;
  readonly #intent = new Intent();
  readonly #series = new Fetched<readonly Appointment[]>(this, () => this.#ask());

  override opened(): void {
    this.scope = "one";
    this.done = null;
    this.faults = [];
    this.#series.clear();
    void this.#series.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("series.cancel.heading"))}
      ${this.done ? this.#said(this.done) : this.#series.render((series) => this.#form(series))}
      <p><a class="tall" href="/appointments">${t("appointment.back")}</a></p>`;
  }

  #form(series: readonly Appointment[]): TemplateResult | typeof nothing {
    const of = series.find(({ id }) => id === this.params["id"]);
    if (!of) return nothing;
    return html`<p>${whenInFull(of, ownZone())}</p>
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      ${scopeChoices(series, of, this.scope, (scope) => (this.scope = scope))}
      <p>${t("series.cancel.text", { name: of.counselor.name })}</p>
      <p class="actions">
        <button class="button" aria-disabled=${this.busy} @click=${() => this.#cancel(of)}>${t("series.cancel.button")}</button>
        <a class="button quiet" href="/appointments/${of.id}">${t("series.cancel.keep")}</a>
      </p>`;
  }

  #said({ cancelled, kept }: Done): TemplateResult {
    return html`<p class="panel good">${t("series.cancelled", { count: cancelled.length })}</p>
      ${kept.length ? html`<p>${t("series.kept", { count: kept.length })}</p>
        <ul>${kept.map(({ start, end }) => html`<li>${daySpan(start, end, ownZone())}</li>`)}</ul>` : nothing}`;
  }

  async #cancel({ id, version }: Appointment): Promise<void> {
    const { scope } = this;
    const cancelled = await this.attempt(async () => {
      try {
        this.done = await call<Done>("POST", `/api/appointments/${id}/series/cancel`, { body: { scope, version }, intent: this.#intent });
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 409) void this.#series.load();
        throw failure;
      }
    });
    if (!cancelled || !this.done) return;
    announce(t("series.cancelled", { count: this.done.cancelled.length }));
    await this.readFromHeading();
  }

  async #ask(): Promise<readonly Appointment[]> {
    return (await call<{ appointments: readonly Appointment[] }>("GET", `/api/appointments/${this.params["id"]}/series`)).appointments;
  }
}

customElements.define("series-cancel-page", SeriesCancelPage);
