import { html, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import type { Counselor, Mode, Slot } from "../api/types.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { Fetched } from "../parts/fetched.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import "../rooms/desk.ts";
import { nameOfLanguage, t } from "../words/language.ts";
import { draft, keepDraft, wishes } from "./draft.ts";
import { openTimes } from "./open-times.ts";
import { waitLink } from "./wait-link.ts";
import { listed } from "./words.ts";

class CounselorPage extends Page {
  readonly #counselor = new Fetched<Counselor>(this, () => call("GET", `/api/counselors/${this.params["id"]}`));

  override opened(): void {
    if (this.#counselor.value?.id !== this.params["id"]) this.#counselor.clear();
    void this.#counselor.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(this.#counselor.value?.name ?? t("counselor.heading"))}
      ${this.#counselor.render((counselor) => this.#show(counselor))}
      <p><a class="tall" href="/counselors">${t("counselor.others")}</a></p>`;
  }

  #show(counselor: Counselor): TemplateResult {
    return html`<p class="lead" dir="auto">${counselor.about}</p>
      <dl class="facts">
        <div><dt>${t("counselor.speaks")}</dt><dd>${counselor.languages.map((tag) => nameOfLanguage(tag)).join(" · ")}</dd></div>
        <div><dt>${t("counselor.topics")}</dt><dd>${listed("topic", counselor.topics)}</dd></div>
        <div><dt>${t("counselor.modes")}</dt><dd>${listed("mode", counselor.modes)}</dd></div>
        <div><dt>${t("counselor.length")}</dt><dd>${t("counselor.minutes", { count: counselor.length_minutes })}</dd></div>
      </dl>
      <counselor-desk .counselor=${counselor.id} .name=${counselor.name}></counselor-desk>
      <h2>${t("counselor.times")}</h2>
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      ${openTimes(counselor.id, ownZone(), (slot) => this.#choose(counselor, slot))}
      ${waitLink(counselor)}`;
  }

  #choose({ id, name, modes, repeats }: Counselor, slot: Slot): void {
    const before = draft();
    const wished = before?.counselor.id === id ? before.mode : wishes().mode;
    const mode = modes.length === 1 ? modes[0]! : (modes.find((offered) => offered === wished) ?? null) as Mode | null;
    keepDraft({ counselor: { id, name, modes, repeats }, slot, mode });
    void router.go(before?.counselor.id === id && mode ? "/book" : modes.length === 1 ? "/book" : "/book/how");
  }
}

customElements.define("counselor-page", CounselorPage);
