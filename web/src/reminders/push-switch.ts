/**
 * `<push-switch prefix="/api/staff">`: messages on this phone or computer, on or off, and the other devices that get them. Asks
 * the browser for nothing before it is tapped.
 */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { Fetched } from "../parts/fetched.ts";
import { longDay } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { needWords, t } from "../words/language.ts";
import { type Device, pushHere, type PushHere, switchOff, switchOn } from "./push.ts";

class PushSwitch extends PagePart {
  @property() override prefix: "/api" | "/api/staff" = "/api";
  @state() private ready = false;
  readonly #here = new Fetched<PushHere>(this, () => pushHere(this.prefix));

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["reminders-push"]).then(() => (this.ready = true), () => {});
    void this.#here.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    return html`${this.#here.render((here) => html`${this.#this(here)} ${this.#others(here)}`)}
      ${this.trouble()}`;
  }

  #this({ state, id, known }: PushHere): TemplateResult {
    switch (state) {
      case "unsupported":
        return html`<p>${t("push.unsupported")}</p>`;
      case "home-screen":
        return html`<div class="panel"><p>${t("push.iphone")}</p>
          <ol>
            <li>${t("push.iphone.share")}</li>
            <li>${t("push.iphone.add")}</li>
            <li>${t("push.iphone.open")}</li>
          </ol>
          <p>${t("push.iphone.old")}</p></div>`;
      case "denied":
        return html`<div class="panel" tabindex="-1"><p>${t("push.denied")}</p><p>${t("push.denied.how")}</p></div>`;
      case "off":
        return html`<p>${t("push.off")}</p>
          <p class="hint">${t("push.private")}</p>
          <p><button class="button" aria-disabled=${this.busy} @click=${() => this.#on(known.key)}>${t("push.turn-on")}</button></p>`;
      case "on":
        return html`<p>${t("push.on", { day: this.#since(known.devices, id) })}</p>
          <p class="hint">${t("push.private")}</p>
          <p><button class="button quiet" aria-disabled=${this.busy} @click=${() => this.#off(id)}>${t("push.turn-off")}</button></p>`;
    }
  }

  #others({ id, known }: PushHere): TemplateResult | typeof nothing {
    const others = known.devices.filter((device) => device.id !== id);
    if (!others.length) return nothing;
    return html`<h3>${t("push.others")}</h3>
      <ul class="plain">${others.map((device) => this.#other(device))}</ul>`;
  }

  #other({ id, since }: Device): TemplateResult {
    const day = longDay(since, zoneHere());
    return html`<li>${t("push.since", { day })}
      <button class="link" aria-disabled=${this.busy} aria-label=${t("push.remove.which", { day })} @click=${() => this.#off(id)}>${t("push.remove")}</button></li>`;
  }

  #since(devices: readonly Device[], id: string): string {
    const since = devices.find((device) => device.id === id)?.since;
    return since ? longDay(since, zoneHere()) : "";
  }

  #on(key: string): Promise<void> {
    return this.#do(async () => {
      const came = await switchOn(this.prefix, key);
      return came === "on" ? t("push.done.on") : "";
    });
  }

  #off(id: string): Promise<void> {
    return this.#do(async () => {
      await switchOff(this.prefix, id);
      return t("push.done.off");
    });
  }

  async #do(deed: () => Promise<string>): Promise<void> {
    const done = await this.attempt(async () => {
      const words = await deed();
      await this.#here.load();
      if (words) announce(words);
    });
    if (!done) return;
    await this.updateComplete;
    // What was tapped may be gone: stay with what is there instead.
    this.querySelector<HTMLElement>("button, [tabindex]")?.focus();
  }
}

customElements.define("push-switch", PushSwitch);
