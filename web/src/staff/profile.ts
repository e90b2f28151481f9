/** What clients read about a counselor before they choose. */

import { html, nothing, type TemplateResult } from "lit";
import { MODES, TOPICS, type Mode } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { type Fault, Page } from "../frame/page.ts";
import { choices, describedBy, notes, selectField, textArea, textField } from "../parts/field.ts";
import { nameOfLanguage, t, tCode } from "../words/language.ts";
import { Draft } from "./draft.ts";
import { listed } from "./lists.ts";
import { newerNotice, saveBar } from "./save-bar.ts";
import { otherLanguages } from "./tongues.ts";
import type { Profile } from "./types.ts";
import { leaveUnsaved } from "./unsaved.ts";

const LONGEST_ABOUT = 2000;

class ProfilePage extends Page {
  readonly #draft = new Draft<Profile>(this, () => "/api/staff/profile", ({ name, about, languages, topics, modes, published }) =>
    ({ name, about, languages: [...languages].sort(), topics: [...topics].sort(), modes: [...modes].sort(), published }));

  get unsaved(): boolean {
    return this.#draft.unsaved;
  }

  override opened(): void {
    this.faults = [];
    this.#draft.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("profile.heading"))}
      <p>${t("profile.text")}</p>
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render(() => (this.#draft.typed ? this.#form(this.#draft.typed) : nothing))}`;
  }

  #form(profile: Profile): TemplateResult {
    return html`<form novalidate @submit=${this.#save} @input=${this.#type}>
      <div class="with-preview">
        <div>
          ${textField({ id: "name", label: t("profile.name"), hint: t("profile.name.hint"), value: profile.name, fault: this.faultOf("name") })}
          ${textArea({ id: "about", label: t("profile.about"), hint: t("profile.about.hint"), value: profile.about, maxLength: LONGEST_ABOUT, fault: this.faultOf("about") })}
          ${this.#languages(profile.languages)}
          ${choices({
            id: "modes", label: t("profile.modes"), hint: t("profile.modes.hint"), several: true, chosen: profile.modes, fault: this.faultOf("modes"),
            options: MODES.map((mode) => ({ value: mode, label: tCode("mode", mode) })),
            onChange: (mode, chosen) => this.#choose("modes", MODES, mode, chosen),
          })}
          <div class="topics">${choices({
            id: "topics", label: t("profile.topics"), hint: t("profile.topics.hint"), several: true, chosen: profile.topics, fault: this.faultOf("topics"),
            options: TOPICS.map((topic) => ({ value: topic, label: tCode("topic", topic) })),
            onChange: (topic, chosen) => this.#choose("topics", TOPICS, topic, chosen),
          })}</div>
          ${choices({
            id: "published", label: t("profile.published"), several: true, chosen: profile.published ? ["yes"] : [], fault: this.faultOf("published"),
            options: [{ value: "yes", label: t("profile.published.yes"), hint: t("profile.published.hint") }],
            onChange: (_, published) => this.#draft.change({ published }),
          })}
        </div>
        ${preview(profile)}
      </div>
      ${saveBar({ unsaved: this.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#draft.discard() })}
    </form>`;
  }

  #languages(chosen: readonly string[]): TemplateResult {
    const of = { id: "languages", label: t("profile.languages"), hint: t("profile.languages.hint"), fault: this.faultOf("languages") };
    return html`<fieldset class="field ${of.fault ? "at-fault" : ""}" aria-describedby=${describedBy(of)}>
      <legend>${of.label}</legend> ${notes(of)}
      ${chosen.length ? html`<ul class="chips">${chosen.map((tag) => html`<li><span>${nameOfLanguage(tag)}</span>
        <button type="button" class="link" aria-label=${t("profile.languages.remove", { language: nameOfLanguage(tag) })}
          @click=${() => this.#removeLanguage(tag)}>✕</button></li>`)}</ul>` : nothing}
      ${selectField({
        id: "languages", label: t("profile.languages.add"), value: "",
        options: [{ value: "", label: t("profile.languages.choose") }, ...otherLanguages(chosen)],
        onChange: (tag) => this.#addLanguage(tag),
      })}
    </fieldset>`;
  }

  #addLanguage(tag: string): void {
    if (!tag || !this.#draft.typed) return;
    this.#draft.change({ languages: [...this.#draft.typed.languages, tag] });
    announce(t("profile.languages.added", { language: nameOfLanguage(tag) }));
    void this.updateComplete.then(() => (this.querySelector<HTMLSelectElement>("select#languages")!.value = ""));
  }

  #removeLanguage(tag: string): void {
    this.#draft.change({ languages: this.#draft.typed?.languages.filter((other) => other !== tag) ?? [] });
    announce(t("profile.languages.removed", { language: nameOfLanguage(tag) }));
    this.querySelector<HTMLElement>("select#languages")?.focus();
  }

  #choose<T extends string>(field: "modes" | "topics", all: readonly T[], value: string, chosen: boolean): void {
    const now: readonly string[] = this.#draft.typed?.[field] ?? [];
    this.#draft.change({ [field]: all.filter((one) => (one === value ? chosen : now.includes(one))) });
  }

  readonly #type = (event: Event): void => {
    const { id, value } = event.target as HTMLInputElement;
    if (id === "name" || id === "about") this.#draft.change({ [id]: value });
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const typed = this.#draft.typed;
    if (!typed) return;
    const faults = missing(typed);
    if (faults.length) return this.blame(...faults);
    this.#draft.change({ name: typed.name.trim(), about: typed.about.trim() });
    if (!(await this.attempt(() => this.#draft.save()))) return;
    this.#draft.saved(t(typed.published ? "profile.saved.published" : "profile.saved"));
  };
}

/** Clients can only be shown a whole profile; half of one may be saved for later. */
function missing({ name, about, languages, modes, published }: Profile): Fault[] {
  const faults: Fault[] = [];
  if (!name.trim()) faults.push({ field: "name", words: t("profile.name.missing") });
  if (published && !about.trim()) faults.push({ field: "about", words: t("profile.about.missing") });
  if (published && !languages.length) faults.push({ field: "languages", words: t("profile.languages.missing") });
  if (published && !modes.length) faults.push({ field: "modes", words: t("profile.modes.missing") });
  return faults;
}

function preview({ name, about, languages, topics, modes, published }: Profile): TemplateResult {
  const mode = (code: Mode): string => tCode("mode", code);
  return html`<aside class="preview" aria-labelledby="preview-heading">
    <h2 id="preview-heading">${t("profile.preview")}</h2>
    <p class="quiet-words">${t(published ? "profile.preview.shown" : "profile.preview.hidden")}</p>
    <div class="panel">
      <p class="preview-name"><span class="arch" aria-hidden="true">${[...name.trim()][0] ?? "?"}</span> <strong>${name.trim() || t("profile.preview.nameless")}</strong></p>
      ${about.trim() ? html`<p class="typed">${about.trim()}</p>` : nothing}
      ${languages.length ? html`<p>${t("profile.preview.languages", { list: listed(languages.map((tag) => nameOfLanguage(tag))) })}</p>` : nothing}
      ${modes.length ? html`<p>${t("profile.preview.modes", { list: listed(MODES.filter((one) => modes.includes(one)).map(mode)) })}</p>` : nothing}
      ${topics.length ? html`<p>${t("profile.preview.topics", { list: listed(topics.map((code) => tCode("topic", code))) })}</p>` : nothing}
    </div>
  </aside>`;
}

customElements.define("profile-page", ProfilePage);
