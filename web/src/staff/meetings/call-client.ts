/**
 * `<call-client appointment="id" name="handle">`: lets a client's phone ring who left a number for this appointment. Which
 * number, nobody is shown. It looks now and then whether one was left.
 */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { Problem } from "../../api/problem.ts";
import { later, Timers } from "../../api/timers.ts";
import { announce } from "../../frame/announce.ts";
import { type Part, t } from "../../words/language.ts";
import { Beside } from "./beside.ts";

/** As often as the service lets one phone ring for an appointment, and as long as one call keeps the next from being made. */
const MOST_CALLS = 5;
const RINGS_MS = 45_000;
const LOOK_MS = 20_000;

class CallClient extends Beside {
  @property({ attribute: false }) appointment = "";
  @property({ attribute: false }) name = "";
  /** By phone is what was agreed on: that there is no number is worth a word then. */
  @property({ attribute: false }) agreed = false;
  @state() private number: boolean | null = null;
  @state() private rings: "no" | "now" | "before" = "no";
  readonly #calling = new Intent();
  readonly #timers = new Timers<"look" | "rings">(later);

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#look();
  }

  override disconnectedCallback(): void {
    this.#timers.clear();
    super.disconnectedCallback();
  }

  protected override get moreWords(): readonly Part[] {
    return ["staff-phone"];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("appointment")) return;
    this.number = null;
    this.rings = "no";
    this.#timers.clear();
    void this.#look();
  }

  protected override draw(): TemplateResult {
    const { name, rings } = this;
    if (!this.number) return this.agreed && this.number === false ? html`<p class="quiet-words" role="status">${t("out.none", { name })}</p>` : html``;
    return html`<section class="panel" aria-labelledby="call-client"><h2 id="call-client">${t("out.heading", { name })}</h2>
      <p>${t("out.text", { name })}</p>
      <p><button type="button" class="button" aria-disabled=${this.busy || rings === "now"} @click=${this.#call}>${t(rings === "no" ? "out.button" : "out.again")}</button></p>
      <p role="status">${rings === "no" ? nothing : t(rings === "now" ? "out.rings" : "out.rang", { name })}</p>
      <p class="quiet-words">${t("out.most", { count: MOST_CALLS })}</p>
    </section>`;
  }

  readonly #call = async (): Promise<void> => {
    if (this.rings === "now") return announce(t("out.rings", { name: this.name }));
    await this.attempt(() => this.#ring());
  };

  async #ring(): Promise<void> {
    try {
      await call("POST", `/api/staff/appointments/${this.appointment}/call-out`, { body: {}, intent: this.#calling });
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.code === "no_number" || failure.code === "no_phone") this.number = false;
      if (failure.code === "already_calling") return this.#ringing();
      throw failure.code === "call_busy" ? new Problem("call_not_placed", failure.status) : failure;
    }
    this.#ringing();
  }

  #ringing(): void {
    this.rings = "now";
    this.#timers.in("rings", RINGS_MS, () => (this.rings = "before"));
  }

  async #look(): Promise<void> {
    const { appointment } = this;
    const found = await call<{ has_number: boolean }>("GET", `/api/staff/appointments/${appointment}/phone`).catch(() => null);
    if (appointment !== this.appointment || !this.isConnected) return;
    if (found) this.number = found.has_number;
    this.#timers.in("look", LOOK_MS, () => void this.#look());
  }
}

customElements.define("call-client", CallClient);
