import { html } from "lit";
import { member } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { locale, t } from "../words/language.ts";
import { front } from "./front.ts";

class HomePage extends Page {
  readonly #changed = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    member.addEventListener("change", this.#changed);
  }

  override disconnectedCallback(): void {
    member.removeEventListener("change", this.#changed);
    super.disconnectedCallback();
  }

  protected override render(): unknown {
    return front(html, t, locale(), member.person !== null);
  }
}

customElements.define("home-page", HomePage);
