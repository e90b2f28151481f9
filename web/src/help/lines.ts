/** Help lines, country by country. Written at build time into pages that work without script and without network. */

import type { Html } from "../frame/markup.ts";
import { type Catalog, say, type Values } from "../words/message.ts";

export interface Line {
  readonly name: string;
  /** As people there write it; spaces are dropped for dialling. */
  readonly phone?: string;
  readonly text?: { readonly to: string; readonly send?: string };
  readonly web?: string;
  /** Open day and night, or the hours as { days, from, to } on the clock of the country. */
  readonly hours: "always" | readonly { readonly days: "daily" | "weekdays" | "weekend"; readonly from: string; readonly to: string }[] | "see-site";
  readonly languages: readonly string[];
  readonly about: "crisis" | "listening" | "young" | "violence";
  /** Where the facts can be checked, and when that was done last. */
  readonly source: string;
  readonly checked_on: string;
}

export interface Country {
  readonly country: string;
  readonly emergency: readonly { readonly number: string; readonly for: "all" | "ambulance" | "police" }[];
  readonly lines: readonly Line[];
}

export interface Helplines {
  readonly directory: string;
  readonly checked_on: string;
  readonly countries: readonly Country[];
}

/** Whose site it is, and the countries it works in: those come first. */
export interface Organisation {
  readonly name: string;
  readonly countries: readonly string[];
}

type Named = Country & { readonly name: string };

export function helpLines(html: Html, language: string, words: Catalog, lines: Helplines, organisation: Organisation): unknown {
  const t = (key: string, values?: Values): string => say(language, words[key], values);
  const { own, others } = inOrder(language, lines.countries, organisation.countries);
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", calendar: "gregory", numberingSystem: "latn", timeZone: "UTC" });
  return html`<div class="page help">
    <h1 tabindex="-1">${t("help.heading")}</h1>
    <p class="lead">${t("help.danger")}</p>
    <p>${t("help.not-ours")}</p>
    <p><a href="${lines.directory}" rel="noreferrer">${t("help.directory")}</a></p>
    <nav aria-labelledby="countries">
      <h2 id="countries">${t("help.countries")}</h2>
      ${own.length ? html`<h3>${t("help.countries.own", { organisation: organisation.name })}</h3>${listOf(html, own)}<h3>${t("help.countries.others")}</h3>` : ""}
      ${listOf(html, others)}
    </nav>
    ${[...own, ...others].map((country) => oneCountry(html, t, language, country, lines.directory))}
    <p class="quiet-words">${t("help.checked", { date: day.format(new Date(lines.checked_on)) })}</p>
  </div>`;
}

/** Both by name, as the language sorts. A country of the organisation is there even when no line in it is known. */
function inOrder(language: string, known: readonly Country[], first: readonly string[]): { own: readonly Named[]; others: readonly Named[] } {
  const names = new Intl.DisplayNames([language], { type: "region" });
  const missing = first.filter((code) => !known.some(({ country }) => country === code)).map((country) => ({ country, emergency: [], lines: [] }));
  const named = [...known, ...missing]
    .map((country) => ({ ...country, name: names.of(country.country) ?? country.country }))
    .sort((one, other) => one.name.localeCompare(other.name, language));
  return { own: named.filter(({ country }) => first.includes(country)), others: named.filter(({ country }) => !first.includes(country)) };
}

function listOf(html: Html, countries: readonly Named[]): unknown {
  return html`<ul class="country-list">${countries.map(({ country, name }) => html`<li><a href="#${country}">${name}</a></li>`)}</ul>`;
}

function oneCountry(html: Html, t: (key: string, values?: Values) => string, language: string, country: Named, directory: string): unknown {
  return html`<section class="country" id="${country.country}" aria-labelledby="name-${country.country}">
    <h2 id="name-${country.country}">${country.name}</h2>
    <ul class="lines">
      ${country.emergency.length ? html`<li class="line emergency">
        <h3>${t("help.emergency")}</h3>
        <p class="ways">${country.emergency.map(({ number, for: whom }) => call(html, t, number, t("help.emergency"), whom === "all" ? "" : t(`help.for.${whom}`)))}</p>
      </li>` : ""}
      ${country.lines.length ? "" : html`<li class="line"><p>${t("help.none")} <a href="${directory}" rel="noreferrer">${t("help.directory.short")}</a></p></li>`}
      ${country.lines.map((line) => html`<li class="line">
        <h3><bdi>${line.name}</bdi></h3>
        <p>${t(`help.about.${line.about}`)} ${hours(t, line)} ${t("help.languages", { languages: spoken(language, line) })}</p>
        <p class="ways">
          ${line.phone ? call(html, t, line.phone, line.name) : ""}
          ${line.text ? html`<a class="way" href="sms:${digits(line.text.to)}${line.text.send ? `?body=${encodeURIComponent(line.text.send)}` : ""}">${message(html, t, line.text)}</a>` : ""}
          ${line.web ? html`<a class="way" href="${line.web}" rel="noreferrer">${t("help.web")} <span class="heard-only">${line.name}</span></a>` : ""}
        </p>
      </li>`)}
    </ul>
  </section>`;
}

function call(html: Html, t: (key: string) => string, number: string, name: string, whom = ""): unknown {
  return html`<a class="way" href="tel:${digits(number)}">${t("help.call")} <bdi dir="ltr">${number}</bdi> ${whom} <span class="heard-only">${name}</span></a>`;
}

function message(html: Html, t: (key: string) => string, { to, send }: { to: string; send?: string }): unknown {
  return send
    ? html`${t("help.text.word")} <bdi dir="ltr">${send}</bdi> ${t("help.text.to")} <bdi dir="ltr">${to}</bdi>`
    : html`${t("help.text")} <bdi dir="ltr">${to}</bdi>`;
}

function hours(t: (key: string, values?: Values) => string, { hours: open }: Line): string {
  if (typeof open === "string") return t(`help.hours.${open}`);
  return open.map(({ days, from, to }) => t(`help.hours.${days}`, { from, to })).join(" ");
}

function spoken(language: string, line: Line): string {
  const names = new Intl.DisplayNames([language], { type: "language" });
  return new Intl.ListFormat(language, { type: "conjunction" }).format(line.languages.map((tag) => names.of(tag) ?? tag));
}

function digits(number: string): string {
  return number.replace(/[^\d+*]/g, "");
}
