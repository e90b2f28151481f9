/** `<series-cancelling>`: a counselor calls off one of a series, it and those after it, or all that are coming up. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { type Scope, scopeChoices } from "../booking/series-scope.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { textArea, typed } from "../parts/field.ts";
import { needWords, t } from "../words/language.ts";
import type { StaffAppointment } from "./types.ts";

const LONGEST_REASON = 300;

class SeriesCancelling extends Page {
  @property({ attribute: false }) appointment!: StaffAppointment;
  @state() private ready = false;
  @state() private scope: Scope = "one";
  readonly #intent = new Intent();
  readonly #series = new Fetched<readonly StaffAppointment[]>(this, () => this.#ask());

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["series"]).then(() => (this.ready = true), () => {});
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("appointment")) void this.#series.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    return html`${this.summary()} ${this.#series.render((series) => html`<form novalidate @submit=${this.#cancel}>
      ${scopeChoices(series, this.appointment, this.scope, (scope) => (this.scope = scope))}
      ${textArea({ id: "reason", label: t("staff.cancel.reason"), hint: t("staff.cancel.reason.hint"), fault: this.faultOf("reason"), maxLength: LONGEST_REASON })}
      <p class="actions">
        <button class="button grave" aria-disabled=${this.busy}>${t("staff.cancel.button")}</button>
        <a class="button quiet" href="/staff/appointments/${this.appointment.id}">${t("staff.cancel.keep")}</a>
      </p>
    </form>`)}`;
  }

  readonly #cancel = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { id, version, client } = this.appointment;
    const { scope } = this;
    const { reason = "" } = typed(event.currentTarget as HTMLFormElement);
    if (!reason) return this.blame({ field: "reason", words: t("staff.cancel.reason.missing") });
    const sure = await confirmed({
      heading: t("staff.cancel.ask"),
      text: t("staff.series.ask.text", { handle: client.handle || t("staff.client.gone") }),
      yes: t("staff.cancel.button"),
      no: t("staff.cancel.keep"),
    });
    if (!sure) return;
    await this.attempt(async () => {
      const body = { scope, reason, version };
      const { cancelled } = await call<{ cancelled: readonly StaffAppointment[] }>("POST", `/api/staff/appointments/${id}/series/cancel`, { body, intent: this.#intent });
      this.dispatchEvent(new CustomEvent("done"));
      await router.go(`/staff/appointments/${id}`, "replace");
      announce(t("staff.series.cancelled", { count: cancelled.length }));
    });
  };

  async #ask(): Promise<readonly StaffAppointment[]> {
    return (await call<{ appointments: readonly StaffAppointment[] }>("GET", `/api/staff/appointments/${this.appointment.id}/series`)).appointments;
  }
}

customElements.define("series-cancelling", SeriesCancelling);
