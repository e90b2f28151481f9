import { html, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import type { Appointment } from "../api/types.ts";
import { Page } from "../frame/page.ts";
import { isNear } from "../meetings/near.ts";
import { Fetched } from "../parts/fetched.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { daySpan } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import "./held-time.ts";

class AppointmentsPage extends Page {
  readonly #upcoming = new Fetched(this, () => mine("upcoming"));
  readonly #past = new Fetched(this, () => mine("past"));

  override opened(): void {
    void this.#upcoming.load();
    void this.#past.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("appointments.heading"))}
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      <held-time></held-time>
      <section aria-labelledby="upcoming">
        <h2 id="upcoming">${t("appointments.upcoming")}</h2>
        ${this.#upcoming.render((found) => found.length ? list(found) : html`<div class="panel">
          <p>${t("appointments.none")}</p>
          <p><a class="button" href="/counselors">${t("appointments.find")}</a></p>
        </div>`)}
        <p><a class="tall" href="/waitlist">${t("wait.heading")}</a></p>
      </section>
      <section aria-labelledby="past">
        <h2 id="past">${t("appointments.past")}</h2>
        ${this.#past.render((found) => found.length ? list(found) : html`<p class="quiet-words">${t("appointments.none.past")}</p>`)}
      </section>`;
  }
}

async function mine(when: "upcoming" | "past"): Promise<readonly Appointment[]> {
  return (await call<{ appointments: Appointment[] }>("GET", `/api/appointments?when=${when}`)).appointments;
}

function list(found: readonly Appointment[]): TemplateResult {
  const zone = ownZone();
  return html`<ul class="cards">${found.map(({ id, start, end, mode, status, counselor, series }) => html`<li class="card ${status}">
    <div>
      <h3><a href="/appointments/${id}">${daySpan(start, end, zone)}</a></h3>
      <p><bdi>${counselor.name}</bdi> · ${tCode("mode", mode)}${status === "booked" ? "" : html` · <strong>${tCode("status", status)}</strong>`}${series ? html` · ${t("appointment.series", { position: series.position, count: series.of })}` : ""}</p>
      ${isNear({ start, end, status }) ? html`<p><a class="button" href="/appointments/${id}/meet">${t("appointment.join")}</a></p>` : ""}
    </div>
  </li>`)}</ul>`;
}

customElements.define("appointments-page", AppointmentsPage);
