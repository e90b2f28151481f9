/** What an authenticator app needs: a code to scan, a link for the same phone, and the key to type. */

import { html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { Part } from "../frame/part.ts";
import { textField } from "../parts/field.ts";
import { t } from "../words/language.ts";
import { copyButton } from "./copy-button.ts";
import type { QrCode } from "./qr.ts";

class AuthenticatorSetup extends Part {
  @property({ attribute: false }) secret = "";
  @property({ attribute: false }) otpauth = "";
  @state() private qr: QrCode | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("otpauth")) void this.#draw();
  }

  protected override render(): TemplateResult {
    return html`<ol class="setup">
      <li><p>${t("authenticator.get")}</p></li>
      <li>
        <p>${t("authenticator.add")}</p>
        ${this.qr ? picture(this.qr) : nothing}
        <p><a class="button quiet" href=${this.otpauth}>${t("authenticator.open")}</a></p>
        <p>${t("authenticator.type")}</p>
        <p><code class="secret" dir="ltr">${this.secret.match(/.{1,4}/g)?.join(" ")}</code></p>
        <p>${copyButton(this.secret, t("authenticator.copy"))}</p>
      </li>
      <li><p>${t("authenticator.then")}</p></li>
    </ol>`;
  }

  /** Without the picture the key still does: a chunk that fails to load is no fault worth a word. */
  async #draw(): Promise<void> {
    this.qr = null;
    const { qrCode } = await import("./qr.ts");
    this.qr = qrCode(this.otpauth);
  }
}

customElements.define("authenticator-setup", AuthenticatorSetup);

export const authenticator = (secret: string, otpauth: string): TemplateResult =>
  html`<authenticator-setup .secret=${secret} .otpauth=${otpauth}></authenticator-setup>`;

export function codeField(id: string, fault: string): TemplateResult {
  return textField({
    id, fault, label: t("authenticator.code"), hint: t("authenticator.code.hint"),
    autocomplete: "one-time-code", inputmode: "numeric", latin: true,
  });
}

function picture({ size, path }: QrCode): TemplateResult {
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${t("authenticator.qr")} shape-rendering="crispEdges">
    ${svg`<rect class="qr-paper" width=${size} height=${size} /><path class="qr-ink" d=${path} />`}
  </svg>`;
}
