/** `<missed-before>`: how many appointments a client missed with this counselor before. A number, and no word about it. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { Part } from "../frame/part.ts";
import { needWords, t } from "../words/language.ts";

class MissedBefore extends Part {
  @property({ attribute: false }) count = 0;
  @state() private ready = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["late"]).then(() => (this.ready = true), () => {});
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.ready && this.count ? html`<p class="quiet-words">${t("late.before", { count: this.count })}</p>` : nothing;
  }
}

customElements.define("missed-before", MissedBefore);
