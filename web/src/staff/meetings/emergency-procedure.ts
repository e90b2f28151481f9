/**
 * `<emergency-procedure>`: how to ask, whom to call, what to do. It opens in place, beside a conversation that goes on. How to
 * ask comes with the page and needs no connection; the rest is asked for as soon as the element is there, not when it is opened.
 */

import { html, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { settings } from "../../frame/settings.ts";
import { Fetched } from "../../parts/fetched.ts";
import { locale, type Part, t } from "../../words/language.ts";
import { Beside } from "./beside.ts";
import { procedureView } from "./emergency-view.ts";
import { ladder } from "./ladder.ts";
import type { Procedure } from "./types.ts";

class EmergencyProcedure extends Beside {
  #language = "";
  readonly #found = new Fetched<Procedure>(this, () => call("GET", `/api/staff/procedure?language=${this.#language}`));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#show(settings().languages.includes(locale()) ? locale() : "en");
  }

  protected override get moreWords(): readonly Part[] {
    return ["staff-ladder"];
  }

  protected override draw(): TemplateResult {
    return html`<details class="emergency">
      <summary>${t("emergency.summary")}</summary>
      <h2>${t("staff.ladder.heading")}</h2>
      ${ladder()}
      ${this.#found.render((found) => procedureView(found, (language) => this.#show(language)))}
    </details>`;
  }

  #show(language: string): void {
    this.#language = language;
    void this.#found.load();
  }
}

customElements.define("emergency-procedure", EmergencyProcedure);
