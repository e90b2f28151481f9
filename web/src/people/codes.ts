/** The recovery codes, shown once, with three ways to keep them and a tick that says they are kept. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { confirmed } from "../parts/confirm.ts";
import { saveFile } from "../parts/save-file.ts";
import { t } from "../words/language.ts";

export class RecoveryCodes extends Part {
  @property({ attribute: false }) codes: readonly string[] = [];
  @property({ attribute: false }) handle = "";
  @state() private said = "";

  get saved(): boolean {
    return this.querySelector<HTMLInputElement>("#saved")?.checked ?? false;
  }

  protected override render(): TemplateResult {
    return html`<p>${t("codes.why")}</p>
      <p><strong>${t("codes.once")}</strong></p>
      <div class="panel codes">
        <p>${t("codes.name")}: <strong><bdi dir="ltr">${this.handle}</bdi></strong></p>
        <h2 id="codes-heading">${t("codes.list")}</h2>
        <ol aria-labelledby="codes-heading">${this.codes.map((code) => html`<li><code dir="ltr">${code}</code></li>`)}</ol>
      </div>
      <p class="actions no-print">
        <button type="button" class="button quiet" @click=${this.#copy}>${t("codes.copy")}</button>
        <button type="button" class="button quiet" @click=${this.#download}>${t("codes.download")}</button>
        <button type="button" class="button quiet" @click=${() => print()}>${t("codes.print")}</button>
      </p>
      <p class="said no-print">${this.said}</p>
      <label class="choice no-print" for="saved"><input type="checkbox" id="saved"><span>${t("codes.saved")}</span></label>`;
  }

  /** What goes to paper, file and clipboard says nothing about this site: others may find it. */
  #asText(): string {
    return [this.handle, "", ...this.codes, ""].join("\n");
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#asText());
      this.#say(t("codes.copied"));
    } catch {
      this.#say(t("codes.copy.failed"));
    }
  }

  #download(): void {
    saveFile(new Blob([this.#asText()], { type: "text/plain" }), `${t("codes.file")}.txt`);
  }

  #say(words: string): void {
    this.said = words;
    announce(words);
  }
}

customElements.define("recovery-codes", RecoveryCodes);

/** Asked when someone is about to lose codes that were never saved. */
export function leaveWithoutCodes(): Promise<boolean> {
  return confirmed({
    heading: t("codes.leave.heading"),
    text: t("codes.leave.text"),
    yes: t("codes.leave.yes"),
    no: t("codes.leave.no"),
  });
}
