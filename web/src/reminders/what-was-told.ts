/** `<what-was-told appointment=…>`: what both people of an appointment were told of it, and what became of it, without its words. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { staff } from "../api/sign-in.ts";
import { Part } from "../frame/part.ts";
import { Fetched } from "../parts/fetched.ts";
import { dayAndClock } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { locale, needWords, t } from "../words/language.ts";
import { listed } from "../words/listed.ts";
import type { Notice } from "./notices.ts";

interface Told {
  readonly to: "client" | "counselor";
  readonly kind: Notice["kind"];
  readonly at: string;
  readonly deliveries: Readonly<Partial<Record<"push" | "email" | "sms", "waiting" | "sent" | "delivered" | "failed" | "gone">>>;
}

class WhatWasTold extends Part {
  @property() appointment = "";
  @state() private ready = false;
  readonly #told = new Fetched<{ readonly told: readonly Told[] }>(this, () => call("GET", `/api/staff/appointments/${this.appointment}/notices`));

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["staff-told"]).then(() => (this.ready = true), () => {});
    void this.#told.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    return html`<p class="hint">${t("told.text")}</p>
      ${this.#told.render(({ told }) => told.length ? html`<ul class="plain told">${told.map((one) => this.#one(one))}</ul>` : html`<p>${t("told.none")}</p>`)}`;
  }

  #one({ to, kind, at, deliveries }: Told): TemplateResult {
    const ways = Object.entries(deliveries).map(([channel, state]) =>
      `${t(`told.channel.${channel as keyof typeof deliveries}`)}: ${t(`told.state.${state}`)}`);
    const zone = staff.person?.zone ?? zoneHere();
    return html`<li><p><strong>${t(`told.to.${to}`)}</strong> ${listed(t(`told.kind.${kind}`), dayAndClock(at, zone))}<br>
      <span class="quiet-words">${new Intl.ListFormat(locale(), { type: "unit" }).format([t("told.here"), ...ways])}</span></p></li>`;
  }
}

customElements.define("what-was-told", WhatWasTold);
