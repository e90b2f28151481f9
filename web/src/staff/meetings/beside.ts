/**
 * The base of what stands beside a call or on the page of an appointment: it brings its own words.
 */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { PagePart } from "../../frame/page-part.ts";
import { needWords, type Part } from "../../words/language.ts";

export abstract class Beside extends PagePart {
  @state() private ready = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["staff-meetings", ...this.moreWords]).then(() => (this.ready = true));
  }

  /** What it needs besides the words that all of these share. */
  protected get moreWords(): readonly Part[] {
    return [];
  }

  protected abstract draw(): TemplateResult;

  protected override render(): TemplateResult {
    return this.ready ? html`${this.trouble()} ${this.draw()}` : html``;
  }
}
