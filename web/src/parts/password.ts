/** A password field that can be looked at. Pasting and password managers are welcome. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { Part } from "../frame/part.ts";
import { announce } from "../frame/announce.ts";
import { t } from "../words/language.ts";
import { describedBy, notes } from "./field.ts";

class PasswordField extends Part {
  /** Id and name of the input inside: the field's name in the API. */
  @property({ attribute: false }) field = "password";
  @property({ attribute: false }) label = "";
  @property({ attribute: false }) hint = "";
  @property({ attribute: false }) fault = "";
  /** "new-password" or "current-password": tells a password manager what to do. */
  @property({ attribute: false }) autocomplete = "current-password";
  @property({ attribute: false }) value = "";
  @state() private shown = false;

  protected override render(): TemplateResult {
    const of = { id: this.field, label: this.label, hint: this.hint, fault: this.fault };
    return html`<div class="field ${this.fault ? "at-fault" : ""}">
      <label for=${this.field}>${this.label}</label>
      ${notes(of)}
      <div class="with-button">
        <input id=${this.field} name=${this.field} type=${this.shown ? "text" : "password"} dir="ltr" .value=${this.value}
          autocomplete=${this.autocomplete} autocapitalize="none" spellcheck="false"
          aria-describedby=${describedBy(of)} aria-invalid=${this.fault ? "true" : nothing}>
        <button type="button" class="button quiet" aria-label=${t(this.shown ? "password.hide.label" : "password.show.label")}
          @click=${this.#turn}>${t(this.shown ? "password.hide" : "password.show")}</button>
      </div>
    </div>`;
  }

  #turn(): void {
    this.shown = !this.shown;
    void this.updateComplete.then(() => announce(t(this.shown ? "password.hide.label" : "password.show.label")));
  }
}

customElements.define("password-field", PasswordField);

export function passwordField(of: { id: string; label: string; hint?: string; fault?: string; value?: string; autocomplete: "new-password" | "current-password" }): TemplateResult {
  return html`<password-field .field=${of.id} .label=${of.label} .hint=${of.hint ?? ""} .fault=${of.fault ?? ""} .value=${of.value ?? ""} .autocomplete=${of.autocomplete}></password-field>`;
}

/** Where the name is known and not asked for: password managers still want to read it, people do not. */
export function nameForPasswordManagers(name: string): TemplateResult {
  return html`<div class="heard-only" aria-hidden="true">
    <input name="username" autocomplete="username" tabindex="-1" dir="ltr" .value=${name} readonly>
  </div>`;
}
