/** How many wait for a time, and for what. Numbers and nothing else: who waits is nobody's business. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { staff } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { longDay } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { nameOfLanguage, t, tCode } from "../words/language.ts";

interface Waiting {
  readonly waiting: number;
  readonly held: number;
  readonly longest_since: string | null;
  readonly any_counselor: number;
  readonly counselors: readonly { readonly id: string; readonly name: string; readonly waiting: number }[];
  readonly modes: Readonly<Record<string, number>>;
  readonly any_language: number;
  readonly languages: Readonly<Record<string, number>>;
  readonly any_part: number;
  readonly parts: Readonly<Record<string, number>>;
}

type Row = readonly [what: string, people: number];

class StaffWaitlistPage extends Page {
  readonly #waiting = new Fetched<Waiting>(this, () => call("GET", "/api/staff/waitlist"));

  override opened(): void {
    void this.#waiting.load();
  }

  protected override render(): TemplateResult {
    return html`${this.heading(t("waitlist.heading"))}
      <p>${t("waitlist.text")}</p>
      ${this.#waiting.render((waiting) => (waiting.waiting ? numbers(waiting) : html`<p class="panel">${t("waitlist.none")}</p>`))}`;
  }
}

function numbers(of: Waiting): TemplateResult {
  const zone = staff.person?.zone ?? zoneHere();
  const coded = (family: "mode" | "part", counts: Readonly<Record<string, number>>): Row[] => Object.entries(counts).map(([code, people]) => [tCode(family, code), people]);
  return html`<p class="lead">${t("waitlist.count", { count: of.waiting })} ${of.held ? t("waitlist.held", { count: of.held }) : nothing}</p>
    ${of.longest_since ? html`<p>${t("waitlist.since", { when: longDay(of.longest_since, zone) })}</p>` : nothing}
    <h2 id="for">${t("waitlist.for")}</h2>
    <table class="figures" aria-labelledby="for">
      <thead><tr><th scope="col">${t("waitlist.for")}</th><th scope="col">${t("waitlist.people")}</th></tr></thead>
      ${group(t("waitlist.counselors"), of.counselors.map(({ name, waiting }) => [name, waiting]), of.any_counselor)}
      ${group(t("waitlist.modes"), coded("mode", of.modes))}
      ${group(t("waitlist.parts"), coded("part", of.parts), of.any_part)}
      ${group(t("waitlist.languages"), Object.entries(of.languages).map(([tag, people]) => [nameOfLanguage(tag), people]), of.any_language)}
    </table>
    <p class="quiet-words">${t("waitlist.for.hint")}</p>`;
}

function group(title: string, rows: readonly Row[], any = 0): TemplateResult {
  const all: readonly Row[] = any ? [...rows, [t("waitlist.any"), any]] : rows;
  return html`<tbody><tr><th scope="rowgroup" colspan="2">${title}</th></tr>
    ${all.map(([what, people]) => html`<tr><th scope="row"><bdi>${what}</bdi></th><td>${new Intl.NumberFormat("en").format(people)}</td></tr>`)}</tbody>`;
}

customElements.define("staff-waitlist-page", StaffWaitlistPage);
