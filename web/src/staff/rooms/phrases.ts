/** The phrases that posts are compared with, one list for each language. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { state } from "lit/decorators.js";
import { Problem } from "../../api/problem.ts";
import { announce } from "../../frame/announce.ts";
import { Page } from "../../frame/page.ts";
import { settings } from "../../frame/settings.ts";
import { selectField, textField } from "../../parts/field.ts";
import { locale, nameOfLanguage, t } from "../../words/language.ts";
import { Draft } from "../draft.ts";
import { newerNotice, saveBar } from "../save-bar.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { actedOn, actionOf, ACTIONS, type ActionName, alike, faultOf, matching } from "./phrase-rules.ts";
import type { Phrase, PhraseList } from "./types.ts";

class PhrasesPage extends Page {
  @state() private search = "";
  @state() private text = "";
  @state() private action: ActionName = "concern";
  readonly #draft = new Draft<PhraseList>(this, () => `/api/staff/words?language=${this.#language}`, ({ language, phrases }) => ({ language, phrases }));

  get unsaved(): boolean {
    return this.#draft.unsaved || this.text.trim() !== "";
  }

  get #language(): string {
    return this.params["language"] ?? (settings().languages.includes(locale()) ? locale() : "en");
  }

  override opened(): void {
    this.faults = [];
    this.search = this.text = "";
    this.#draft.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("staff.words.heading"))}
      <p>${t("staff.words.text")}</p>
      <p class="panel">${t("staff.words.misses")}</p>
      <nav aria-label=${t("staff.words.language")}><ul class="pills">
        ${settings().languages.map((tag) => html`<li><a href="/staff/words/${tag}" lang=${tag} aria-current=${tag === this.#language ? "true" : nothing}>${nameOfLanguage(tag, tag)}</a></li>`)}
      </ul></nav>
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render((kept) => this.#form((this.#draft.typed ?? kept).phrases))}`;
  }

  #form(phrases: readonly Phrase[]): TemplateResult {
    return html`<form class="phrases-of" novalidate @submit=${this.#save}>
      ${phrases.some(({ action }) => action === "urgent") ? nothing : html`<p class="panel ember" role="status"><strong>${t("staff.words.no-urgent")}</strong></p>`}
      ${this.#adding()}
      ${this.#table(phrases)}
      ${saveBar({ unsaved: this.#draft.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#discard() })}
    </form>`;
  }

  #adding(): TemplateResult {
    return html`<fieldset class="adding" @keydown=${this.#onEnter}>
      <legend>${t("staff.words.add.heading")}</legend>
      <div class="two">
        ${textField({ id: "phrase", label: t("staff.words.phrase"), hint: t("staff.words.phrase.hint"), value: this.text, fault: this.faultOf("phrase"), onInput: (text) => (this.text = text) })}
        ${selectField({ id: "action", label: t("staff.words.action"), hint: t(`staff.words.action.${this.action}.hint`), value: this.action, options: options(), onChange: (action) => (this.action = action as ActionName) })}
      </div>
      <p><button type="button" class="button quiet" @click=${() => this.#add()}>${t("staff.words.add")}</button></p>
    </fieldset>`;
  }

  #table(phrases: readonly Phrase[]): TemplateResult {
    const found = matching(phrases, this.search);
    return html`${textField({ id: "search", type: "search", label: t("staff.words.search"), value: this.search, onInput: (typed) => this.#look(typed) })}
      <table class="phrases">
        <caption>${t("staff.words.count", { count: found.length })}</caption>
        <thead><tr><th scope="col">${t("staff.words.phrase")}</th><th scope="col">${t("staff.words.action")}</th><th scope="col"><span class="heard-only">${t("hours.remove")}</span></th></tr></thead>
        <tbody>${repeat(found, ({ text }) => text, (phrase) => this.#row(phrase))}</tbody>
      </table>`;
  }

  #row(phrase: Phrase): TemplateResult {
    const { text } = phrase;
    return html`<tr>
      <th scope="row" lang=${this.#language} dir="auto">${text}</th>
      <td><select aria-label=${t("staff.words.action.label", { phrase: text })} @change=${(event: Event) => this.#change(phrase, (event.target as HTMLSelectElement).value as ActionName)}>
        ${options().map(({ value, label }) => html`<option value=${value} .selected=${value === actionOf(phrase)}>${label}</option>`)}
      </select></td>
      <td><button type="button" class="link" aria-label=${t("staff.words.remove.label", { phrase: text })} @click=${() => this.#remove(phrase)}>${t("hours.remove")}</button></td>
    </tr>`;
  }

  #look(typed: string): void {
    this.search = typed;
    announce(t("staff.words.count", { count: matching(this.#phrases, typed).length }));
  }

  /** Answers whether what is typed is in the list now. */
  #add(): boolean {
    const text = this.text.trim().replace(/\s+/g, " ");
    const fault = faultOf(text, this.#phrases);
    if (fault) {
      void this.blame({ field: "phrase", words: t(`staff.words.fault.${fault}`) });
      return false;
    }
    this.faults = [];
    this.text = this.search = "";
    this.#tell([actedOn(text, this.action), ...this.#phrases]);
    announce(t("staff.words.added", { phrase: text }));
    return true;
  }

  #change(phrase: Phrase, action: ActionName): void {
    this.#tell(this.#phrases.map((one) => (alike(one.text, phrase.text) ? actedOn(one.text, action) : one)));
  }

  #remove(phrase: Phrase): void {
    this.#tell(this.#phrases.filter((one) => !alike(one.text, phrase.text)));
    announce(t("staff.words.removed", { phrase: phrase.text }));
    this.querySelector<HTMLElement>("#search")?.focus();
  }

  get #phrases(): readonly Phrase[] {
    return this.#draft.typed?.phrases ?? [];
  }

  #tell(phrases: readonly Phrase[]): void {
    this.#draft.change({ phrases });
  }

  #discard(): void {
    this.faults = [];
    this.text = "";
    this.#draft.discard();
  }

  /** The API knows more ways in which two phrases are the same. */
  #explain(failure: unknown): never {
    const [, at] = (failure instanceof Problem && /^phrases\.(\d+)/.exec(failure.field ?? "")) || [];
    const phrase = at ? this.#phrases[Number(at)] : undefined;
    if (phrase) this.search = phrase.text;
    throw phrase ? new Problem("same_phrase", 422) : failure;
  }

  /** Enter adds the phrase; it does not save the page around it. */
  readonly #onEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || (event.target as Element).tagName !== "INPUT") return;
    event.preventDefault();
    if (this.#add()) this.querySelector<HTMLElement>("#phrase")?.focus();
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    // A phrase that was typed and not added is meant all the same.
    if (this.text.trim() && !this.#add()) return;
    if (!(await this.attempt(() => this.#draft.save().catch((failure: unknown) => this.#explain(failure))))) return;
    this.#draft.saved(t("staff.words.saved"));
  };
}

function options(): readonly { value: ActionName; label: string }[] {
  return ACTIONS.map((value) => ({ value, label: t(`staff.words.action.${value}`) }));
}

customElements.define("phrases-page", PhrasesPage);
