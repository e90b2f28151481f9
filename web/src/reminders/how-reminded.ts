/** `<how-reminded>`: beside an appointment, how its client will be reminded of it, and the way to change that. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Part } from "../frame/part.ts";
import { locale, needWords, t } from "../words/language.ts";
import { spanInWords } from "./before.ts";
import type { Reminders } from "./preferences.ts";

class HowReminded extends Part {
  @state() private found: Reminders | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.found) return nothing;
    const spans = new Intl.ListFormat(locale(), { type: "conjunction" }).format(this.found.before.map(spanInWords));
    return html`<p>${this.found.before.length ? t("reminders.how", { spans }) : t("reminders.how.none")}
      <a class="tall" href="/reminders">${t("reminders.how.change")}</a></p>`;
  }

  /** Without an answer the page says nothing of it: what it is for is there all the same. */
  async #load(): Promise<void> {
    try {
      await needWords(["reminders"]);
      this.found = await call<Reminders>("GET", "/api/reminders");
    } catch {
      this.found = null;
    }
  }
}

customElements.define("how-reminded", HowReminded);
