/**
 * Where the link "Stop these e-mails" leads. What it ends in stands in the fragment, which no server sees. Nothing happens
 * before somebody presses the button: some programs open every link.
 */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Page } from "../frame/page.ts";
import { t } from "../words/language.ts";

class UnsubscribePage extends Page {
  @state() private done = false;
  #token = "";

  override opened(): void {
    this.#token = location.hash.slice(1) || this.#token;
    this.done = false;
    if (location.hash) history.replaceState(null, "", location.pathname);
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(this.done ? t("unsubscribe.done") : t("unsubscribe.heading"))}
      ${this.done
        ? html`<p class="lead">${t("unsubscribe.done.text")}</p>`
        : html`<p class="lead">${t("unsubscribe.text")}</p>
          <p><button class="button" aria-disabled=${this.busy} @click=${this.#stop}>${t("unsubscribe.button")}</button></p>`}`;
  }

  readonly #stop = async (): Promise<void> => {
    const path = `/api/unsubscribe/${encodeURIComponent(this.#token || "none")}`;
    this.done = await this.attempt(() => call<void>("POST", path, { body: {} }));
    if (this.done) await this.readFromHeading();
  };
}

customElements.define("unsubscribe-page", UnsubscribePage);
