/** What calls cost, month by month, and what the ceiling makes of it. For admins. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { longDay, monthInWords } from "../time/when.ts";
import { t } from "../words/language.ts";
import { costs, isMonth, money, monthLater, type Tally, thresholds, type Usage } from "./usage-rules.ts";

class UsagePage extends Page {
  readonly #usage = new Fetched<Usage>(this, () => call("GET", this.#month ? `/api/staff/usage?month=${this.#month}` : "/api/staff/usage"));

  override opened(): void {
    if (this.#usage.value?.month !== this.#month) this.#usage.clear();
    void this.#usage.load();
  }

  get #month(): string {
    const asked = this.params["month"] ?? "";
    return isMonth(asked) ? asked : "";
  }

  protected override render(): TemplateResult {
    return html`${this.heading(t("usage.heading"))}
      ${this.#usage.render((usage) => html`${months(usage)}
        <h2 id="month">${monthInWords(usage.month)}</h2>
        ${inAll(usage)} ${usage.tallies.length ? table(usage) : nothing}
        ${ceiling(usage)} ${typical(usage)} ${small(usage)}`)}`;
  }
}

function months({ month, this_month }: Usage): TemplateResult {
  const later = monthLater(month, 1);
  return html`<nav aria-label=${t("usage.months")}><ul class="pills">
    <li><a href="/staff/usage/${monthLater(month, -1)}" rel="prev">${t("usage.previous")}</a></li>
    ${month < this_month ? html`<li><a href=${later < this_month ? `/staff/usage/${later}` : "/staff/usage"} rel="next">${t("usage.next")}</a></li>` : nothing}
  </ul></nav>`;
}

function inAll({ month, this_month, cost_micros, tallies, forecast, going_on }: Usage): TemplateResult {
  const cost = money(cost_micros);
  if (!tallies.length) return html`<p>${t("usage.none")}</p>`;
  return html`<p class="lead">${t(month === this_month ? "usage.so-far" : "usage.in-all", { cost })}</p>
    ${forecast ? html`<p>${t(`usage.forecast.${forecast.basis}`, { cost: money(forecast.cost_micros) })}</p>` : nothing}
    ${going_on ? html`<p>${t("usage.going-on", { count: going_on })}</p>` : nothing}`;
}

/** What a row is about stands above its figures: beside them there is no room on a phone. */
function table({ tallies, cost_micros }: Usage): TemplateResult {
  return html`<table class="figures" aria-labelledby="month">
    <thead><tr><th scope="col">${t("usage.calls")}</th><th scope="col">${t("usage.minutes")}</th><th scope="col">${t("usage.cost")}</th></tr></thead>
    ${tallies.map(({ kind, provider, meetings, minutes, cost_micros: cost }) => group(t(`usage.${kind}.${provider}`), number(meetings), number(minutes), money(cost)))}
    ${tallies.length > 1 ? group(t("usage.together"), sum(tallies, "meetings"), sum(tallies, "minutes"), money(cost_micros)) : nothing}
  </table>
  <p class="quiet-words">${t("usage.minutes.hint")}</p>`;
}

function group(what: string, ...figures: readonly string[]): TemplateResult {
  return html`<tbody><tr><th scope="rowgroup" colspan="3">${what}</th></tr><tr>${figures.map((figure) => html`<td>${figure}</td>`)}</tr></tbody>`;
}

function sum(tallies: readonly Tally[], of: "meetings" | "minutes"): string {
  return number(tallies.reduce((all, tally) => all + tally[of], 0));
}

const number = (count: number): string => t("usage.number", { count });

function ceiling(usage: Usage): TemplateResult {
  return html`<section aria-labelledby="ceiling"><h2 id="ceiling">${t("usage.ceiling")}</h2>${ceilingInWords(usage)}</section>`;
}

function ceilingInWords(usage: Usage): TemplateResult {
  const { ceiling_usd, standing } = usage;
  if (!costs(usage)) return html`<p>${t("usage.ceiling.free")}</p>`;
  if (ceiling_usd === null) return html`<p>${t("usage.ceiling.none")}</p>`;
  const { direct, writing } = thresholds(ceiling_usd);
  return html`${standing ? html`<p class="panel ${standing === "usual" ? "good" : "ember"}">${t(`usage.standing.${standing}`)}</p>` : nothing}
    <p>${t("usage.ceiling.is", { ceiling: money(writing) })}</p>
    <ul><li>${t("usage.ceiling.direct", { from: money(direct) })}</li><li>${t("usage.ceiling.writing", { from: money(writing) })}</li></ul>
    <p>${t("usage.ceiling.never")}</p>`;
}

function typical({ typical: { minutes, chime_micros, peer_micros, mixed_micros } }: Usage): TemplateResult {
  return html`<section aria-labelledby="typical"><h2 id="typical">${t("usage.typical", { count: minutes })}</h2>
    <dl class="facts">
      <div><dt>${t("usage.by.chime")}</dt><dd>${money(chime_micros)}</dd></div>
      <div><dt>${t("usage.by.peer")}</dt><dd>${money(peer_micros)}</dd></div>
      ${mixed_micros === null ? nothing : html`<div><dt>${t("usage.by.mixed")}</dt><dd>${money(mixed_micros)}</dd></div>`}
    </dl>
    <p>${t("usage.typical.sound")}</p></section>`;
}

function small({ price: { minute_micros, source, as_of } }: Usage): TemplateResult {
  const words = { price: money(minute_micros, 4), day: longDay(`${as_of}T12:00:00Z`, "UTC") };
  return html`<p class="quiet-words">${t("usage.price", words)} <a href=${source} rel="noreferrer">${t("usage.price.source")}</a></p>
    <p class="quiet-words">${t("usage.bill")}</p>`;
}

customElements.define("usage-page", UsagePage);
