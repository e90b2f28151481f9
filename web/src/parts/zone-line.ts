/** Says in which zone the times on the page are, and lets the person change it. Fires "zone-chosen" with the zone. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { cityOf, offsetOf, zoneHere, zoneInWords, zonesLike } from "../time/zones.ts";
import { needWords, t } from "../words/language.ts";
import { textField } from "./field.ts";

const MOST_SHOWN = 30;

export class ZoneLine extends Part {
  @property({ attribute: false }) zone = "UTC";
  @state() private open = false;
  @state() private search = "";
  @state() private chosen = "";

  @state() private ready = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["zone"]).then(() => (this.ready = true));
  }

  protected override render(): TemplateResult {
    if (!this.ready) return html``;
    const here = zoneHere();
    return html`<div class="zone-line">
      <p><span>${t("zone.shown-in")}</span> <strong>${zoneInWords(this.zone)}</strong> <bdi class="quiet-words">${offsetOf(this.zone)}</bdi>
        <button type="button" class="link" aria-expanded=${this.open} @click=${this.#turn}>${t("zone.change")}</button></p>
      ${here === this.zone || offsetOf(here) === offsetOf(this.zone) ? nothing : html`<p>
        <button type="button" class="link" @click=${() => this.#use(here)}>${t("zone.here", { zone: zoneInWords(here) })}</button></p>`}
      ${this.open ? this.#picker() : nothing}
    </div>`;
  }

  #picker(): TemplateResult {
    const found = zonesLike(this.search, MOST_SHOWN);
    return html`<div class="panel zone-picker">
      ${textField({ id: "zone-search", type: "search", label: t("zone.search"), hint: t("zone.search.hint"), value: this.search, onInput: (typed) => this.#look(typed) })}
      ${found.length
        ? html`<div class="field"><label for="zone-list">${t("zone.list")}</label>
            <select id="zone-list" size="7" @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}>
              ${found.map((zone) => html`<option value=${zone} ?selected=${zone === this.chosen}>${cityOf(zone)} (${offsetOf(zone)}) ${zoneInWords(zone, "alone")}</option>`)}
            </select></div>`
        : html`<p>${t("zone.none")}</p>`}
      <p class="actions">
        <button type="button" class="button" @click=${() => this.#use(this.chosen || found[0] || this.zone)}>${t("zone.use")}</button>
        <button type="button" class="button quiet" @click=${this.#turn}>${t("cancel")}</button>
      </p>
    </div>`;
  }

  async #turn(): Promise<void> {
    this.open = !this.open;
    this.search = "";
    this.chosen = "";
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.open ? "#zone-search" : ".link")?.focus();
  }

  #look(typed: string): void {
    this.search = typed;
    this.chosen = "";
    const count = zonesLike(typed, MOST_SHOWN).length;
    announce(count ? t("zone.found", { count }) : t("zone.none"));
  }

  #use(zone: string): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent("zone-chosen", { detail: zone, bubbles: true }));
    announce(`${t("zone.shown-in")} ${zoneInWords(zone)}`);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".link")?.focus());
  }
}

customElements.define("zone-line", ZoneLine);

export function zoneLine(zone: string, onChosen: (zone: string) => void): TemplateResult {
  return html`<zone-line .zone=${zone} @zone-chosen=${(event: CustomEvent<string>) => onChosen(event.detail)}></zone-line>`;
}
