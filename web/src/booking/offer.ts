/** One time that is held for somebody, or was: where a notice about it leads. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { t } from "../words/language.ts";
import "./held-time.ts";
import type { Offer } from "./wishing.ts";

class OfferPage extends Page {
  readonly #offer = new Fetched<Offer>(this, () => call("GET", `/api/offers/${this.params["id"]}`));

  override opened(): void {
    this.faults = [];
    if (this.#offer.value?.id !== this.params["id"]) this.#offer.clear();
    void this.#offer.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("offer.page"))}
      ${this.#offer.render((offer) => offer.status === "open"
        ? html`<held-time .offer=${offer}></held-time>${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}`
        : over(offer))}
      <p><a class="tall" href="/waitlist">${t("wait.heading")}</a></p>`;
  }
}

function over({ status, start, until, appointment_id: booked }: Offer): TemplateResult {
  const when = dayAndClock(status === "taken" ? start : until, ownZone());
  return html`<div class="panel ${status === "taken" ? "good" : ""}">
    <p>${t(`offer.${status}` as "offer.lapsed", { when })}</p>
    ${booked ? html`<p><a class="button" href="/appointments/${booked}">${t("offer.to-appointment")}</a></p>` : nothing}
  </div>`;
}

customElements.define("offer-page", OfferPage);
