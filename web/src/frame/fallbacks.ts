/** The pages for when there is no page: an address that leads nowhere, and one that did not load. */

import { html, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import { Page } from "./page.ts";

class MissingPage extends Page {
  protected override render(): TemplateResult {
    return html`${this.heading(t("missing.heading"))}
      <p>${t("missing.text")}</p>
      <p><a href="/">${t("missing.home")}</a></p>`;
  }
}

class BrokenPage extends Page {
  protected override render(): TemplateResult {
    return html`${this.heading(t("broken.heading"))}
      <p>${t("broken.text")}</p>
      <p><button class="button" @click=${() => location.reload()}>${t("retry")}</button></p>`;
  }
}

customElements.define("missing-page", MissingPage);
customElements.define("broken-page", BrokenPage);
