/** `<missed-appointment>`: a kind word about an appointment that did not work out, and the way to another. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Appointment } from "../api/types.ts";
import { Part } from "../frame/part.ts";
import { needWords, t } from "../words/language.ts";

class MissedAppointment extends Part {
  @property({ attribute: false }) of: Appointment | null = null;
  @state() private ready = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["late"]).then(() => (this.ready = true), () => {});
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready || !this.of) return nothing;
    const { id, name } = this.of.counselor;
    return html`<div class="panel">
      <p>${this.of.unattended ? t("late.unattended", { name }) : t("late.missed", { name })}</p>
      <p><a class="button" href="/counselors/${id}">${t("appointment.book-again", { name })}</a></p>
    </div>`;
  }
}

customElements.define("missed-appointment", MissedAppointment);
