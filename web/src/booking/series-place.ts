/** `<series-place>`: which of a series an appointment is and, unfolded, all the dates of it. Folded, nothing is asked. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import type { Appointment } from "../api/types.ts";
import { Part } from "../frame/part.ts";
import { Fetched } from "../parts/fetched.ts";
import { ownZone } from "../people/preferences.ts";
import { daySpan } from "../time/when.ts";
import { needWords, t, tCode } from "../words/language.ts";
import { ahead } from "./series-scope.ts";

class SeriesPlace extends Part {
  @property({ attribute: false }) appointment = "";
  @property({ attribute: false }) place: NonNullable<Appointment["series"]> = { id: "", position: 0, of: 0 };
  /** Whether others are cancelled from here, since this one cannot be. */
  @property({ attribute: false }) cancels = false;
  /** Whether the dates are shown from the beginning: right after they were booked. */
  @property({ attribute: false }) open = false;
  @state() private ready = false;
  @state() private unfolded = false;
  readonly #series = new Fetched<readonly Appointment[]>(this, () => this.#ask());

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["series"]).then(() => (this.ready = true), () => {});
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    const { position, of } = this.place;
    return html`<details class="series-place" ?open=${this.open} @toggle=${this.#toggled}>
      <summary>${t("series.label")}: ${t("series.place", { position, count: of })}</summary>
      ${this.unfolded ? this.#series.render((series) => this.#list(series)) : nothing}
    </details>`;
  }

  #list(series: readonly Appointment[]): TemplateResult {
    const zone = ownZone();
    return html`<ol aria-label=${t("series.dates")}>${series.map(({ id, start, end, status }) => {
      const when = daySpan(start, end, zone);
      return html`<li>${id === this.appointment ? html`${when} (${t("series.here")})` : html`<a href="/appointments/${id}">${when}</a>`}${status === "booked" ? nothing : html` · <strong>${tCode("status", status)}</strong>`}</li>`;
    })}</ol>
    ${this.cancels && ahead(series).length ? html`<p><a class="tall" href="/appointments/${this.appointment}/cancel">${t("series.cancel.others")}</a></p>` : nothing}`;
  }

  readonly #toggled = (event: Event): void => {
    if (!(event.currentTarget as HTMLDetailsElement).open || this.unfolded) return;
    this.unfolded = true;
    void this.#series.load();
  };

  async #ask(): Promise<readonly Appointment[]> {
    return (await call<{ appointments: readonly Appointment[] }>("GET", `/api/appointments/${this.appointment}/series`)).appointments;
  }
}

customElements.define("series-place", SeriesPlace);
