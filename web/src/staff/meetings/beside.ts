/**
 * The base of what stands beside a call or on the page of an appointment: it brings its own words, and says what went wrong
 * where it stands. Like a page, it works with `attempt`; unlike one, it has no address.
 */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { type Fault, Page } from "../../frame/page.ts";
import { needWords, type Part } from "../../words/language.ts";

export abstract class Beside extends Page {
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
    return this.ready ? html`${this.#trouble()} ${this.draw()}` : html``;
  }

  /** Beside a call there may be several of these, each with a fault of its own. */
  #trouble(): TemplateResult | typeof nothing {
    const elsewhere = this.faults.filter(({ field }) => !field);
    return elsewhere.length ? html`<div class="fault" role="alert">${elsewhere.map(({ words }) => html`<p>${words}</p>`)}</div>` : nothing;
  }

  protected override async blame(...faults: Fault[]): Promise<void> {
    this.faults = faults;
    await this.updateComplete;
    const [first] = faults;
    if (first?.field) this.querySelector<HTMLElement>(`#${CSS.escape(first.field)}`)?.focus();
  }
}
