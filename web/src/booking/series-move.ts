/** `<series-move>`: which others go along with an appointment that moves, where they would go, and moving them. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import type { Appointment, Slot } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { Fetched } from "../parts/fetched.ts";
import { ownZone } from "../people/preferences.ts";
import { dayAndClock, daySpan } from "../time/when.ts";
import { needWords, t } from "../words/language.ts";
import { type Occasion, occasionList, Picks, unpicked } from "./occasions.ts";
import { type Scope, scopeChoices } from "./series-scope.ts";
import { whenInFull } from "./words.ts";

interface Plan {
  readonly moves: readonly { readonly appointment: Appointment; readonly to: Occasion }[];
  readonly kept: readonly Appointment[];
}

class SeriesMove extends Page {
  @property({ attribute: false }) appointment!: Appointment;
  @property({ attribute: false }) to!: Slot;
  @state() private ready = false;
  @state() private scope: Scope = "one";
  @state() private plan: Plan | null = null;
  @state() private gone = false;
  #picks = new Picks();
  readonly #intent = new Intent();
  readonly #series = new Fetched<readonly Appointment[]>(this, () => this.#ask());

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["series"]).then(() => (this.ready = true), () => {});
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("to")) return;
    this.plan = null;
    void this.#series.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    return html`${this.summary()}
      ${this.gone ? html`<p class="panel ember conflict" role="group" tabindex="-1">${t("series.gone")}</p>` : nothing}
      ${this.plan ? this.#where(this.plan) : this.#series.render((series) => this.#which(series))}`;
  }

  #otherTime(): TemplateResult {
    return html`<button type="button" class="button quiet" @click=${this.#other}>${t("move.other")}</button>`;
  }

  #which(series: readonly Appointment[]): TemplateResult {
    return html`<dl class="facts">
        <div><dt>${t("move.old")}</dt><dd>${whenInFull(this.appointment, ownZone())}</dd></div>
        <div><dt>${t("move.new")}</dt><dd>${whenInFull(this.to, ownZone())}</dd></div>
      </dl>
      ${scopeChoices(series, this.appointment, this.scope, (scope) => (this.scope = scope))}
      <p class="actions">${this.scope === "one"
        ? html`<button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.#move([[this.appointment, this.to.start]])}>${t("move.button")}</button>`
        : html`<button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.attempt(() => this.#preview())}>${t("series.move.preview")}</button>`}
        ${this.#otherTime()}</p>`;
  }

  #where({ moves, kept }: Plan): TemplateResult {
    const occasions = moves.map(({ to }) => to);
    const going = occasions.filter((occasion) => this.#picks.of(occasion) !== null).length;
    return html`<p class="reading" tabindex="-1"><strong>${t("series.move.text")}</strong></p>
      ${kept.length ? html`<p>${t("series.kept", { count: kept.length })}</p><ul>${kept.map(({ start, end }) => html`<li>${daySpan(start, end, ownZone())}</li>`)}</ul>` : nothing}
      ${occasionList({
        occasions, picks: this.#picks, zone: ownZone(), leave: "series.move.stay", faultOf: (field) => this.faultOf(field),
        note: (at) => html`<p class="quiet-words">${t("series.move.was", { when: dayAndClock(moves[at]?.appointment.start ?? "", ownZone()) })}</p>`,
        changed: () => this.requestUpdate(),
      })}
      <p class="actions"><button type="button" class="button" aria-disabled=${this.busy} @click=${this.#confirm}>${t("series.move.button", { count: going })}</button>
        ${this.#otherTime()}</p>`;
  }

  readonly #confirm = (): void => {
    const { plan } = this;
    if (!plan) return;
    const faults = unpicked({ occasions: plan.moves.map(({ to }) => to), picks: this.#picks, zone: ownZone() });
    const moves = plan.moves.flatMap(({ appointment, to }): [Appointment, string][] => {
      const start = this.#picks.of(to);
      return start ? [[appointment, start]] : [];
    });
    if (faults.length) return void this.blame(...faults);
    if (!moves.length) return void this.blame({ words: t("series.none") });
    void this.#move(moves);
  };

  async #preview(): Promise<void> {
    const asked = new URLSearchParams({ start: this.to.start, scope: this.scope });
    this.plan = await call<Plan>("GET", `/api/appointments/${this.appointment.id}/series/moves?${asked}`);
    await this.updateComplete;
    this.querySelector<HTMLElement>(".reading")?.focus();
  }

  async #move(moves: readonly (readonly [Appointment, string])[]): Promise<void> {
    const { id } = this.appointment;
    const body = { moves: moves.map(([one, start]) => ({ id: one.id, start, version: one.version })) };
    this.gone = false;
    await this.attempt(async () => {
      try {
        await call("POST", `/api/appointments/${id}/series/moves`, { body, intent: this.#intent });
        await router.go(`/appointments/${id}/moved`, "replace");
      } catch (failure) {
        if (!(failure instanceof Problem) || failure.code !== "times_taken") throw failure;
        if (this.plan) await this.#preview();
        this.gone = true;
        announce(t("series.gone"));
        await this.updateComplete;
        this.querySelector<HTMLElement>(".conflict")?.focus();
      }
    });
  }

  readonly #other = (): void => {
    this.dispatchEvent(new CustomEvent("other-time"));
  };

  async #ask(): Promise<readonly Appointment[]> {
    return (await call<{ appointments: readonly Appointment[] }>("GET", `/api/appointments/${this.appointment.id}/series`)).appointments;
  }
}

customElements.define("series-move", SeriesMove);
