/** Copies a text, and says whether that worked. */

import { html } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { t } from "../words/language.ts";

class CopyButton extends Part {
  @property({ attribute: false }) text = "";
  @property({ attribute: false }) label = "";
  @state() private said = "";

  protected override render(): unknown {
    return html`<button type="button" class="button quiet" @click=${this.#copy}>${this.label}</button>
      <span class="said">${this.said}</span>`;
  }

  async #copy(): Promise<void> {
    const worked = await navigator.clipboard.writeText(this.text).then(() => true, () => false);
    this.said = t(worked ? "copy.done" : "copy.failed");
    announce(this.said);
  }
}

customElements.define("copy-button", CopyButton);

export const copyButton = (text: string, label: string): unknown =>
  html`<copy-button .text=${text} .label=${label}></copy-button>`;
