/** The public start page. Also written into index.html by the build, so that it can be read before any script runs. */

import { helpAddress } from "../frame/furniture.ts";
import type { Html, Words } from "../frame/markup.ts";
import type { Key } from "../words/language.ts";

/** As whom somebody reads the page: it changes what the large buttons offer. */
export type Reader = "stranger" | "client" | "counselor" | "other staff";

const WAYS: Readonly<Record<Reader, readonly (readonly [address: string, label: Key])[]>> = {
  stranger: [["/register", "home.start"], ["/sign-in", "home.sign-in"]],
  client: [["/counselors", "nav.find"], ["/appointments", "nav.appointments"]],
  // Leads on to the first page of whoever is signed in.
  counselor: [["/staff", "home.agenda"]],
  "other staff": [["/staff", "home.staff"]],
};

export function front(html: Html, t: Words, language: string, reader: Reader = "stranger"): unknown {
  return html`<div class="hero">
      <div class="hero-words">
        <h1 tabindex="-1">${t("home.heading")}</h1>
        <p class="lead">${t("home.lead")}</p>
        <p class="actions">
          ${WAYS[reader].map(([address, label], at) => html`<a class="${at ? "button quiet" : "button"}" href="${address}">${t(label)}</a>`)}
        </p>
      </div>
      <svg class="hearth" viewBox="0 0 320 320" aria-hidden="true" focusable="false">
        <path class="hearth-room" d="M60 300V150a100 100 0 0 1 200 0v150z" />
        <path class="hearth-glow" d="M92 300V152a68 68 0 0 1 136 0v148z" />
        <path class="hearth-flame" d="M160 292c-37 0-59-23-59-53 0-39 42-52 46-99 35 19 72 53 72 99 0 30-22 53-59 53z" />
        <path class="hearth-core" d="M160 292c-17 0-28-11-28-27 0-19 20-26 23-47 17 10 33 26 33 47 0 16-11 27-28 27z" />
        <path class="hearth-line" d="M0 300h60V150a100 100 0 0 1 200 0v150h60" />
      </svg>
    </div>
    <section class="panel ember" aria-labelledby="not-emergency">
      <h2 id="not-emergency">${t("home.not.heading")}</h2>
      <p>${t("home.not.text")}</p>
      <p><a href="${helpAddress(language)}">${t("home.not.link")}</a></p>
    </section>
    <section aria-labelledby="how">
      <h2 id="how">${t("home.how.heading")}</h2>
      <ol class="steps">
        <li><h3>${t("home.how.1.heading")}</h3><p>${t("home.how.1.text")}</p></li>
        <li><h3>${t("home.how.2.heading")}</h3><p>${t("home.how.2.text")}</p></li>
        <li><h3>${t("home.how.3.heading")}</h3><p>${t("home.how.3.text")}</p></li>
      </ol>
    </section>
    <section aria-labelledby="what">
      <h2 id="what">${t("home.is.heading")}</h2>
      <div class="pair">
        <div>
          <h3>${t("home.is.yes.heading")}</h3>
          <ul class="ticks"><li>${t("home.is.yes.1")}</li><li>${t("home.is.yes.2")}</li><li>${t("home.is.yes.3")}</li></ul>
        </div>
        <div>
          <h3>${t("home.is.no.heading")}</h3>
          <ul class="crosses"><li>${t("home.is.no.1")}</li><li>${t("home.is.no.2")}</li><li>${t("home.is.no.3")}</li></ul>
        </div>
      </div>
    </section>
    <section aria-labelledby="who-sees-what">
      <h2 id="who-sees-what">${t("home.sees.heading")}</h2>
      <dl class="sees">
        <div><dt>${t("home.sees.counselor")}</dt><dd>${t("home.sees.counselor.text")}</dd></div>
        <div><dt>${t("home.sees.organisation")}</dt><dd>${t("home.sees.organisation.text")}</dd></div>
        <div><dt>${t("home.sees.others")}</dt><dd>${t("home.sees.others.text")}</dd></div>
        <div><dt>${t("home.sees.device")}</dt><dd>${t("home.sees.device.text")}</dd></div>
      </dl>
      <h3>${t("home.sees.confidential.heading")}</h3>
      <p>${t("home.sees.confidential.text")}</p>
    </section>
    <section aria-labelledby="cost">
      <h2 id="cost">${t("home.cost.heading")}</h2>
      <p>${t("home.cost.text")}</p>
    </section>`;
}
