/** The waiting list: what it is, what would suit somebody, a look at it before it is sent; and leaving. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { type Counselor, type Mode, MODES } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { choices, type Option } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { nameOfWeekday, weekdays } from "../time/week.ts";
import { longDay } from "../time/when.ts";
import { type Key, locale, nameOfLanguage, t, tCode } from "../words/language.ts";
import "./held-time.ts";
import { firstWish, keepWanted, MOST_COUNSELORS, onlyWanted, type PartOfDay, PARTS, toggled, type Wanted, wantedDraft, type Wish } from "./wishing.ts";

interface Shown {
  readonly wish: Wish | null;
  readonly counselors: readonly Counselor[];
}

class WaitPage extends Page {
  @state() private wanted: Wanted = firstWish();
  @state() private news: "wait.saved" | "wait.left" | null = null;
  readonly #shown = new Fetched<Shown>(this, load);
  readonly #saving = new Intent();
  readonly #leaving = new Intent();

  override opened(): void {
    this.faults = [];
    const step = this.params["step"];
    if (step) this.news = null;
    const draft = wantedDraft();
    if (step === "check" && !draft?.modes.length) void router.go("/waitlist/wish", "replace");
    if (draft) this.wanted = draft;
    void this.#shown.load().then(() => this.#begin());
  }

  protected override render(): TemplateResult {
    const step = this.params["step"];
    return html`${this.summary()} ${this.heading(t(step === "wish" ? "wait.wish.heading" : step === "check" ? "wait.check.heading" : "wait.heading"))}
      ${this.news && !step ? html`<p class="panel good">${t(this.news)}</p>` : nothing}
      ${this.#shown.render((shown) => (step === "wish" ? this.#form(shown) : step === "check" ? this.#check(shown) : this.#list(shown)))}`;
  }

  #list({ wish, counselors }: Shown): TemplateResult {
    if (!wish) {
      return html`${intro()}
        <p class="actions"><a class="button" href="/waitlist/wish">${t("wait.begin")}</a></p>`;
    }
    return html`<held-time @held-time-over=${() => void this.#shown.load()}></held-time>
      <p>${t("wait.since", { when: longDay(wish.since, ownZone()) })}</p>
      ${intro()}
      <h2>${t("wait.wishes")}</h2>
      ${facts(wish, counselors)}
      <p class="actions"><a class="button quiet" href="/waitlist/wish">${t("wait.change")}</a>
        <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#leave}>${t("wait.leave")}</button></p>
      <p class="quiet-words">${t("wait.until", { when: longDay(wish.until, ownZone()) })}</p>`;
  }

  #form({ counselors }: Shown): TemplateResult {
    const { wanted } = this;
    const languages = [...new Set(counselors.flatMap(({ languages: spoken }) => spoken))];
    return html`<p>${t("wait.wish.text")}</p>
      <form novalidate @submit=${this.#toCheck}>
        ${choices({
          id: "modes", label: t("wait.modes"), several: true, fault: this.faultOf("modes"), chosen: wanted.modes,
          options: MODES.map((code) => ({ value: code, label: tCode("mode", code), hint: tCode("mode", `${code}.hint`) })),
          onChange: (mode, chosen) => this.#want({ modes: toggled(wanted.modes, mode as Mode, chosen) }),
        })}
        ${this.#any("parts", t("wait.parts"), t("wait.parts.hint"), wanted.parts, PARTS.map((code) => ({ value: code, label: tCode("part", code) })),
          (part, chosen) => this.#want({ parts: toggled(wanted.parts, part as PartOfDay, chosen) }))}
        ${this.#any("weekdays", t("wait.weekdays"), t("wait.weekdays.hint"), wanted.weekdays.map(String), weekdays().map((day) => ({ value: String(day), label: nameOfWeekday(day) })),
          (day, chosen) => this.#want({ weekdays: toggled(wanted.weekdays, Number(day), chosen) }))}
        ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
        ${counselors.length > 1 || wanted.counselors.length ? this.#any("counselors", t("wait.counselors"), t("wait.counselors.hint"), wanted.counselors, counselors.map(({ id, name }) => ({ value: id, label: name })),
          (id, chosen) => this.#want({ counselors: toggled(wanted.counselors, id, chosen) })) : nothing}
        ${languages.length > 1 ? this.#any("languages", t("wait.languages"), t("wait.languages.hint"), wanted.languages, languages.map((tag) => ({ value: tag, label: nameOfLanguage(tag) })),
          (tag, chosen) => this.#want({ languages: toggled(wanted.languages, tag, chosen) })) : nothing}
        <p class="actions"><button class="button">${t("continue")}</button>
          <a class="button quiet" href="/waitlist">${t("back")}</a></p>
      </form>`;
  }

  #any(id: keyof Wanted, label: string, hint: string, chosen: readonly string[], options: readonly Option[], onChange: (value: string, chosen: boolean) => void): TemplateResult {
    return choices({ id, label, hint, several: true, fault: this.faultOf(id), chosen, options, onChange });
  }

  #check({ wish, counselors }: Shown): TemplateResult {
    return html`${facts(this.wanted, counselors)}
      <p>${t("wait.check.text")}</p>
      <p class="actions"><button type="button" class="button" aria-disabled=${this.busy} @click=${this.#save}>${t(wish ? "wait.check.save" : "wait.check.button")}</button>
        <a class="button quiet" href="/waitlist/wish">${t("change")}</a></p>`;
  }

  /** Whoever is on the list already changes what they wait for; whoever is not begins with what they looked for. */
  #begin(): void {
    const wish = this.#shown.value?.wish;
    if (!wantedDraft()) this.wanted = wish ? onlyWanted(wish) : firstWish();
  }

  #want(change: Partial<Wanted>): void {
    this.wanted = { ...this.wanted, ...change };
    keepWanted(this.wanted);
  }

  readonly #toCheck = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!this.wanted.modes.length) return void this.blame({ field: "modes", words: t("wait.modes.missing") });
    const there = new Set(this.#shown.value?.counselors.map(({ id }) => id));
    const counselors = this.wanted.counselors.filter((id) => there.has(id));
    if (counselors.length > MOST_COUNSELORS) return void this.blame({ field: "counselors", words: t("wait.counselors.many", { count: MOST_COUNSELORS }) });
    this.#want({ counselors });
    void router.go("/waitlist/check");
  };

  readonly #save = async (): Promise<void> => {
    await this.attempt(async () => {
      await call("PUT", "/api/waitlist", { body: { ...this.wanted, zone: ownZone() }, intent: this.#saving });
      keepWanted(null);
      this.news = "wait.saved";
      await router.go("/waitlist", "replace");
      announce(t("wait.saved"));
    });
  };

  readonly #leave = async (): Promise<void> => {
    if (!await confirmed({ heading: t("wait.leave.ask"), text: t("wait.leave.text"), yes: t("wait.leave.yes"), no: t("wait.leave.no") })) return;
    await this.attempt(async () => {
      await call("DELETE", "/api/waitlist", { intent: this.#leaving });
      this.news = "wait.left";
      announce(t("wait.left"));
      await this.#shown.load();
      void this.readFromHeading();
    });
  };
}

async function load(): Promise<Shown> {
  const [{ wish }, { counselors }] = await Promise.all([
    call<{ wish: Wish | null }>("GET", "/api/waitlist"),
    call<{ counselors: Counselor[] }>("GET", "/api/counselors"),
  ]);
  return { wish, counselors };
}

function intro(): TemplateResult {
  return html`<p>${t("wait.intro")}</p><p>${t("wait.intro.order")}</p>`;
}

function facts(wanted: Wanted, counselors: readonly Counselor[]): TemplateResult {
  const names = counselors.filter(({ id }) => wanted.counselors.includes(id)).map(({ name }) => name);
  const days = weekdays().filter((day) => wanted.weekdays.includes(day)).map((day) => nameOfWeekday(day));
  const parts = PARTS.filter((part) => wanted.parts.includes(part)).map((part) => tCode("part", part));
  const modes = MODES.filter((mode) => wanted.modes.includes(mode)).map((mode) => tCode("mode", mode));
  return html`<dl class="facts">
    ${fact("wait.modes", modes, "wait.any.mode")} ${fact("wait.parts", parts, "wait.any.part")}
    ${fact("wait.weekdays", days, "wait.any.weekday")} ${fact("wait.counselors", names, "wait.any.counselor")}
    ${fact("wait.languages", wanted.languages.map((tag) => nameOfLanguage(tag)), "wait.any.language")}
  </dl>`;
}

function fact(label: Key, chosen: readonly string[], any: Key): TemplateResult {
  const either = new Intl.ListFormat(locale(), { type: "disjunction" });
  return html`<div><dt>${t(label)}</dt><dd>${chosen.length ? either.format(chosen) : t(any)}</dd></div>`;
}

customElements.define("wait-page", WaitPage);
