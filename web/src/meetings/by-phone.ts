/**
 * `<by-phone appointment="id" name="counselor">`: how a client takes part in an appointment by phone. They call, with a code;
 * or they leave a number and are called. Folded, nothing is asked of the API before it is opened.
 */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { settings } from "../frame/settings.ts";
import { needStyles } from "../frame/styles.ts";
import { Fetched } from "../parts/fetched.ts";
import { textField, typed } from "../parts/field.ts";
import { needWords, t } from "../words/language.ts";
import { aloud, dialAddress, inGroups, inHalves, wholeNumber } from "./phone-number.ts";

interface DialIn {
  readonly configured: boolean;
  readonly number: string | null;
  readonly pin: string | null;
  /** Whether one may ask to be called. */
  readonly called: boolean;
  readonly has_number: boolean;
}

class ByPhone extends PagePart {
  @property() appointment = "";
  /** The counselor's. */
  @property() name = "";
  @property({ type: Boolean }) folded = false;
  @state() private ready = false;
  @state() private unfolded = false;
  /** The number that was just left. It is not asked for again: nobody is ever shown it. */
  @state() private left = "";
  readonly #leaving = new Intent();
  readonly #ways = new Fetched<DialIn>(this, () => call("GET", `/api/appointments/${this.appointment}/dial-in`));

  override connectedCallback(): void {
    super.connectedCallback();
    void Promise.all([needWords(["phone"]), needStyles(["phone"])]).then(() => (this.ready = true), () => {});
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("appointment")) {
      this.#ways.clear();
      this.left = "";
      this.faults = [];
      if (this.unfolded || !this.folded) void this.#ways.load();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    if (!this.folded) return html`<section class="by-phone" aria-labelledby="by-phone"><h2 id="by-phone">${t("phone.heading")}</h2>${this.#ways.render((ways) => this.#show(ways))}</section>`;
    return html`<details class="by-phone fold" @toggle=${this.#toggled}>
      <summary>${t("phone.instead")}</summary>
      ${this.unfolded ? this.#ways.render((ways) => this.#show(ways)) : nothing}
    </details>`;
  }

  #show({ number, pin, called, has_number }: DialIn): unknown {
    if (!number || !pin) return html`<p>${t("phone.not")}</p>`;
    return html`<div class="phone-ways">
      ${this.#callIn(number, pin)}
      ${called ? this.#beCalled(has_number) : nothing}
    </div>
    <p class="quiet-words">${t("phone.privacy")}</p>`;
  }

  /** Folded, there is no heading above these. */
  #title(id: string, words: string): TemplateResult {
    return this.folded ? html`<h2 id=${id} tabindex="-1">${words}</h2>` : html`<h3 id=${id} tabindex="-1">${words}</h3>`;
  }

  #callIn(number: string, pin: string): TemplateResult {
    return html`<section class="panel" aria-labelledby="call-in">${this.#title("call-in", t("phone.in"))}
      <p>${t("phone.in.text", { name: this.name })}</p>
      <dl class="dial">
        <div><dt>${t("phone.in.number")}</dt><dd><a class="tall" href="tel:${number}">${digits(inGroups(number))}</a></dd></div>
        <div><dt>${t("phone.in.code")}</dt><dd>${digits(inHalves(pin))}</dd></div>
      </dl>
      <p><a class="button" href=${dialAddress(number, pin)}>${t("phone.in.button")}</a></p>
      <p class="quiet-words">${t("phone.in.hint")}</p>
    </section>`;
  }

  #beCalled(has: boolean): TemplateResult {
    return html`<section class="panel" aria-labelledby="be-called">${this.#title("be-called", t("phone.out"))}
      ${this.trouble()}
      ${has ? this.#numberLeft() : this.#numberForm()}
      <p class="quiet-words">${t("phone.out.promise", { name: this.name })}</p>
    </section>`;
  }

  #numberLeft(): TemplateResult {
    return html`<p>${this.left ? html`${t("phone.out.left.which")} <bdi dir="ltr"><strong>${inGroups(this.left)}</strong></bdi><br>` : nothing}
        ${t("phone.out.left", { name: this.name })}</p>
      <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#takeBack}>${t("phone.out.back")}</button></p>`;
  }

  #numberForm(): TemplateResult {
    return html`<p>${t("phone.out.text", { name: this.name })}</p>
      <form novalidate @submit=${this.#leave}>
        ${textField({ id: "number", label: t("phone.out.number"), hint: t("phone.out.hint"), fault: this.faultOf("number"), type: "tel", autocomplete: "tel", latin: true })}
        <p><button class="button quiet" aria-disabled=${this.busy}>${t("phone.out.button")}</button></p>
      </form>`;
  }

  readonly #leave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const number = wholeNumber(typed(event.currentTarget as HTMLFormElement)["number"] ?? "", settings().countries);
    if (!number) return this.blame({ field: "number", words: t("phone.out.fault") });
    const path = `/api/appointments/${this.appointment}/phone-number`;
    const done = await this.attempt(() => call<void>("PUT", path, { body: { number }, intent: this.#leaving }).catch(notKept));
    if (done) await this.#has(true, number);
  };

  readonly #takeBack = async (): Promise<void> => {
    const done = await this.attempt(() => call<void>("DELETE", `/api/appointments/${this.appointment}/phone-number`, { body: {} }));
    if (done) await this.#has(false, "");
  };

  /** What had the focus is gone now: reading goes on at the heading above it. */
  async #has(has_number: boolean, number: string): Promise<void> {
    this.left = number;
    if (this.#ways.value) this.#ways.set({ ...this.#ways.value, has_number });
    announce(has_number ? t("phone.out.left", { name: this.name }) : t("phone.out.gone"));
    await this.updateComplete;
    this.querySelector<HTMLElement>("#be-called")?.focus();
  }

  readonly #toggled = (event: Event): void => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (!open || this.unfolded) return;
    this.unfolded = true;
    void this.#ways.load();
  };
}

customElements.define("by-phone", ByPhone);

/** On a page of a meeting these words are about the call. */
function notKept(failure: unknown): never {
  throw failure instanceof Problem && failure.code === "call_busy" ? new Problem("number_not_kept", failure.status) : failure;
}

/** Digits in groups for the eye, one by one for the ear. */
function digits(grouped: string): TemplateResult {
  return html`<bdi dir="ltr" class="digits" aria-hidden="true">${grouped}</bdi><span class="unseen">${aloud(grouped)}</span>`;
}
