/** The base of a piece of a page that does things of its own and says itself what went wrong: the list above is the page's. */

import { html, nothing, type TemplateResult } from "lit";
import { type Fault, Page } from "./page.ts";

export abstract class PagePart extends Page {
  /** What went wrong and belongs to no field. */
  protected trouble(): TemplateResult | typeof nothing {
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
