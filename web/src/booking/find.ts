import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { MODES, TOPICS, type Counselor } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { settings } from "../frame/settings.ts";
import { Fetched } from "../parts/fetched.ts";
import { type Option, selectField } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { nameOfLanguage, t, tCode } from "../words/language.ts";
import { keepWishes, type Wishes, wishes } from "./draft.ts";
import { waitLink } from "./wait-link.ts";
import { initial, listed } from "./words.ts";

const PARTS = ["morning", "afternoon", "evening", "night"];

class FindPage extends Page {
  @state() private wanted: Wishes = wishes();
  /** Languages of every counselor seen so far: what can be asked for. */
  readonly #languages = new Set(settings().languages);
  readonly #found = new Fetched<readonly Counselor[]>(this, () => this.#find());

  override opened(): void {
    this.wanted = wishes();
    void this.#found.load();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("find.heading"))}
      <p>${t("find.text")}</p>
      <form class="wishes" aria-label=${t("find.wishes")} @submit=${(event: Event) => event.preventDefault()}>
        ${this.#wish("language", t("find.language"), [...this.#languages].map((tag) => ({ value: tag, label: nameOfLanguage(tag) })))}
        ${this.#wish("topic", t("find.topic"), TOPICS.map((code) => ({ value: code, label: tCode("topic", code) })))}
        ${this.#wish("mode", t("find.mode"), MODES.map((code) => ({ value: code, label: tCode("mode", code) })))}
        ${this.#wish("part_of_day", t("find.part"), PARTS.map((code) => ({ value: code, label: tCode("part", code) })))}
      </form>
      ${this.#wishing() ? html`<p><button class="link" @click=${() => this.#wishFor({ language: "", topic: "", mode: "", part_of_day: "" })}>${t("find.clear")}</button></p>` : nothing}
      ${zoneLine(ownZone(), (zone) => this.#useZone(zone))}
      ${this.#found.render((counselors) => this.#list(counselors))}`;
  }

  #wish(name: keyof Wishes, label: string, options: readonly Option[]): TemplateResult {
    return selectField({
      id: name,
      label,
      value: this.wanted[name],
      options: [{ value: "", label: t("find.any") }, ...options],
      onChange: (value) => this.#wishFor({ ...this.wanted, [name]: value }),
    });
  }

  #list(counselors: readonly Counselor[]): TemplateResult {
    if (!counselors.length) return html`<p class="panel">${t(this.#wishing() ? "find.none" : "find.none.at-all")}</p>${waitLink()}`;
    return html`<h2>${t("find.found", { count: counselors.length })}</h2>
      <ul class="cards">${counselors.map((counselor) => this.#card(counselor))}</ul>
      ${waitLink()}`;
  }

  #card({ id, name, about, languages, topics, modes, next_slot }: Counselor): TemplateResult {
    return html`<li class="card">
      <span class="arch" aria-hidden="true">${initial(name)}</span>
      <div>
        <h3><a href="/counselors/${id}"><bdi>${name}</bdi></a></h3>
        <p class="about" dir="auto">${about}</p>
        <p class="quiet-words">${languages.map((tag) => nameOfLanguage(tag)).join(" · ")}<br>${listed("topic", topics)}<br>${listed("mode", modes)}</p>
        <p class="next">${next_slot ? t("find.next", { when: dayAndClock(next_slot.start, ownZone()) }) : t("find.no-next")}</p>
      </div>
    </li>`;
  }

  #wishing(): boolean {
    return Object.values(this.wanted).some(Boolean);
  }

  async #wishFor(wanted: Wishes): Promise<void> {
    this.wanted = wanted;
    keepWishes(wanted);
    await this.#found.load();
    const count = this.#found.value?.length;
    if (count !== undefined && !this.#found.failure) announce(count ? t("find.found", { count }) : t("find.none"));
  }

  async #useZone(zone: string): Promise<void> {
    if (await this.attempt(() => prefer({ zone }))) await this.#found.load();
  }

  async #find(): Promise<readonly Counselor[]> {
    const asked = Object.entries({ ...this.wanted, zone: ownZone() }).filter(([, value]) => value);
    const { counselors } = await call<{ counselors: Counselor[] }>("GET", `/api/counselors?${new URLSearchParams(asked)}`);
    for (const tag of counselors.flatMap(({ languages }) => languages)) this.#languages.add(tag);
    return counselors;
  }
}

customElements.define("find-page", FindPage);
