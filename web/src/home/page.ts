import { html } from "lit";
import { Page } from "../frame/page.ts";
import { locale, t } from "../words/language.ts";
import { front } from "./front.ts";

class HomePage extends Page {
  protected override render(): unknown {
    return front(html, t, locale());
  }
}

customElements.define("home-page", HomePage);
