/** What stands on every page, with and without script: the safety bar, the brand, the footer. */

import { NEUTRAL_PAGE } from "./exit.ts";
import type { Html, Words } from "./markup.ts";

/** The help page of a language; English is the one without a language in its name. */
export function helpAddress(language: string): string {
  return language === "en" ? "/help.html" : `/help.${language}.html`;
}

/** Quick exit comes first in the order of focus, then the way past the header, then help. */
export function safetyBar(html: Html, t: Words, language: string): unknown {
  return html`<nav class="safety" aria-label="${t("safety.label")}">
    <a class="exit" href="${NEUTRAL_PAGE}" rel="noreferrer" data-exit="" title="${t("exit.how")}">${t("exit.label")}</a>
    <a class="skip" href="#main">${t("skip")}</a>
    <a class="help-now" href="${helpAddress(language)}">${t("help.now")}</a>
  </nav>`;
}

/** A line that rises over a flame and goes on: its feet stand on the rule under the header. */
export function brand(html: Html, t: Words): unknown {
  return html`<a class="brand" href="/" aria-label="${t("nav.home")}">
    <svg class="mark" viewBox="0 0 34 30" width="45" height="40" aria-hidden="true" focusable="false">
      <path class="mark-arch" d="M4 30V16a13 13 0 0 1 26 0v14" />
      <path class="mark-flame" d="M17 29c-4.4 0-7-2.7-7-6.3 0-4.6 5-6.2 5.4-11.7 4.2 2.2 8.6 6.3 8.6 11.7 0 3.6-2.6 6.3-7 6.300z" />
      <path class="mark-heart" d="M17 29c-1.9 0-3.2-1.3-3.2-3.1 0-2.2 2.3-3 2.7-5.4 2 1.2 3.7 3 3.7 5.4 0 1.8-1.3 3.1-3.2 3.100z" />
    </svg>
    <span class="wordmark">Hearthline</span>
  </a>`;
}

export function footer(html: Html, t: Words, language: string, organisation: string, contact: string): unknown {
  return html`<footer class="footer">
    <div class="measure">
      <p>${t("footer.not-emergency")}</p>
      <ul class="footer-links">
        <li><a href="${helpAddress(language)}">${t("footer.help")}</a></li>
        <li><a href="/#who-sees-what">${t("footer.who-sees")}</a></li>
        <li><a href="/staff">${t("nav.staff")}</a></li>
        ${contact ? html`<li><a href="mailto:${contact}">${t("footer.contact", { organisation })}</a></li>` : ""}
      </ul>
      <p class="quiet-words">${t("footer.run-by", { organisation })}</p>
    </div>
  </footer>`;
}
