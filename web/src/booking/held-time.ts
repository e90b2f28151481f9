/**
 * A time that came free and is held for the person: until when, to take or to let go. Shows nothing when there is none.
 * Fires "held-time-over" when it was let go. `offer` is what a page has asked for itself; else it asks.
 */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { member } from "../api/sign-in.ts";
import type { Appointment, Mode } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { router } from "../frame/router.ts";
import { confirmed } from "../parts/confirm.ts";
import { choices } from "../parts/field.ts";
import { ownZone } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { needWords, t, tCode } from "../words/language.ts";
import type { Offer } from "./wishing.ts";
import { whenInFull } from "./words.ts";

class HeldTime extends PagePart {
  @property({ attribute: false }) offer: Offer | null | undefined;
  @state() private over: "offer.lapsed" | "offer.declined" | null = null;
  @state() private chosen: Mode | null = null;
  @state() private ready = false;
  #ends: ReturnType<typeof setTimeout> | undefined;
  readonly #taking = new Intent();
  readonly #declining = new Intent();

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["booking", "waitlist"]).then(() => (this.ready = true), () => {});
    if (this.offer === undefined) void this.#ask();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#ends);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("offer")) return;
    clearTimeout(this.#ends);
    const offer = this.offer;
    this.over = null;
    this.chosen = offer?.modes.length === 1 ? offer.modes[0]! : null;
    if (offer) this.#ends = setTimeout(() => this.#end("offer.lapsed"), Math.max(0, Date.parse(offer.until) - Date.now()));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { offer } = this;
    if (!offer || !this.ready) return nothing;
    if (this.over) return html`<div class="panel held" role="status"><p>${t(this.over, { when: dayAndClock(offer.until, ownZone()) })}</p></div>`;
    return html`<section class="panel good held" aria-labelledby="held">
      <h2 id="held">${t("offer.heading")}</h2>
      <p>${whenInFull(offer, ownZone())}</p>
      <p>${t("offer.with")} <bdi>${offer.counselor.name}</bdi>${offer.modes.length === 1 ? html` · ${tCode("mode", offer.modes[0]!)}` : nothing}</p>
      <p>${t("offer.until", { when: dayAndClock(offer.until, ownZone()) })}</p>
      ${offer.modes.length > 1 ? choices({
        id: "held-mode",
        label: t("offer.how"),
        fault: this.faultOf("held-mode"),
        chosen: this.chosen ? [this.chosen] : [],
        options: offer.modes.map((code) => ({ value: code, label: tCode("mode", code) })),
        onChange: (mode) => (this.chosen = mode as Mode),
      }) : nothing}
      ${this.trouble()}
      <p class="actions">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.#take(offer)}>${t("offer.take")}</button>
        <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.#decline(offer)}>${t("offer.decline")}</button>
      </p>
    </section>`;
  }

  async #ask(): Promise<void> {
    try {
      // On a page for everybody nothing has asked yet who is here.
      if (!await member.start()) return;
      this.offer = (await call<{ offers: Offer[] }>("GET", "/api/offers")).offers[0] ?? null;
    } catch {
      this.offer = null; // The page is about something else, and goes on.
    }
  }

  async #take({ id, start }: Offer): Promise<void> {
    const mode = this.chosen;
    if (!mode) return this.blame({ field: "held-mode", words: t("offer.how.missing") });
    await this.#unlessOver(async () => {
      const booked = await call<Appointment>("POST", `/api/offers/${id}/take`, { body: { mode, zone: ownZone() }, intent: this.#taking });
      await router.go(`/appointments/${booked.id}/booked`);
      announce(t("offer.taken", { when: dayAndClock(start, ownZone()) }));
    });
  }

  async #decline({ id }: Offer): Promise<void> {
    if (!await confirmed({ heading: t("offer.decline.ask"), text: t("offer.decline.text"), yes: t("offer.decline.yes"), no: t("offer.decline.no") })) return;
    await this.#unlessOver(async () => {
      await call("POST", `/api/offers/${id}/decline`, { body: {}, intent: this.#declining });
      this.#end("offer.declined");
    });
  }

  async #unlessOver(work: () => Promise<void>): Promise<void> {
    await this.attempt(() => work().catch((failure: unknown) => {
      if (!(failure instanceof Problem) || failure.code !== "offer_over") throw failure;
      this.#end("offer.lapsed");
    }));
  }

  #end(how: "offer.lapsed" | "offer.declined"): void {
    clearTimeout(this.#ends);
    this.over = how;
    this.dispatchEvent(new CustomEvent("held-time-over", { bubbles: true }));
  }
}

customElements.define("held-time", HeldTime);
