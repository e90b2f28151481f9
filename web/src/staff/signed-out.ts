import { html } from "lit";
import { Page } from "../frame/page.ts";
import { t } from "../words/language.ts";
import { SIGN_IN } from "./routes.ts";

class SignedOutPage extends Page {
  protected override render(): unknown {
    return html`${this.heading(t("signed-out.done"))}
      <p>${t("staff.signed-out.text")}</p>
      <p class="actions"><a class="button" href=${SIGN_IN}>${t("staff.signed-out.again")}</a></p>`;
  }
}

customElements.define("signed-out-page", SignedOutPage);
