/** The organisation's emergency procedure: admins write it here, in each language; everybody on the staff reads it. */

import { html, nothing, type TemplateResult } from "lit";
import { staff } from "../../api/sign-in.ts";
import { announce } from "../../frame/announce.ts";
import { Page } from "../../frame/page.ts";
import { router } from "../../frame/router.ts";
import { settings } from "../../frame/settings.ts";
import { textArea, textField } from "../../parts/field.ts";
import { locale, nameOfLanguage, t } from "../../words/language.ts";
import { Draft } from "../draft.ts";
import { newerNotice, saveBar } from "../save-bar.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { procedureView } from "./emergency-view.ts";
import { ladder } from "./ladder.ts";
import { begun, type Edited, faultsIn, LONGEST, MOST_NUMBERS, sendable, withoutEmpty } from "./procedure-rules.ts";
import type { PhoneNumber } from "./types.ts";

class ProcedurePage extends Page {
  readonly #draft = new Draft<Edited>(this, () => `/api/staff/procedure?language=${this.#language}`, sendable, begun);

  get unsaved(): boolean {
    return this.#draft.unsaved;
  }

  get #language(): string {
    return this.params["language"] ?? (settings().languages.includes(locale()) ? locale() : "en");
  }

  override opened(): void {
    this.faults = [];
    this.#draft.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    const admin = staff.person?.roles.includes("admin") ?? false;
    return html`${this.summary()} ${this.heading(t("procedure.heading"))}
      <nav aria-label=${t("procedure.language")}><ul class="pills">
        ${settings().languages.map((tag) => html`<li><a href="/staff/procedure/${tag}" lang=${tag} aria-current=${tag === this.#language ? "true" : nothing}>${nameOfLanguage(tag, tag)}</a></li>`)}
      </ul></nav>
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render((kept) => (admin ? this.#form(this.#draft.typed ?? kept) : procedureView(kept, (language) => void router.go(`/staff/procedure/${language}`))))}
      <section aria-labelledby="ladder-heading">
        <h2 id="ladder-heading">${t("staff.ladder.heading")}</h2>
        ${ladder()}
      </section>`;
  }

  #form(of: Edited): TemplateResult {
    return html`${of.confirmed_at ? nothing : html`<p class="panel ember"><strong>${t("emergency.template")}</strong></p>`}
      <p>${t("procedure.edit.text")}</p>
      <form class="procedure-form" novalidate @submit=${this.#save} @input=${this.#type}>
        ${textArea({ id: "text", label: t("procedure.text"), hint: t("procedure.text.hint"), value: of.text, fault: this.faultOf("text"), maxLength: LONGEST })}
        <fieldset class="numbers">
          <legend>${t("procedure.numbers")}</legend>
          ${of.numbers.map((one, at) => this.#number(one, at))}
          ${of.numbers.length < MOST_NUMBERS ? html`<p><button type="button" class="button quiet" @click=${() => this.#add(of)}>${t("procedure.add")}</button></p>` : nothing}
        </fieldset>
        <div class="field ${this.faultOf("confirmed") ? "at-fault" : ""}">
          ${this.faultOf("confirmed") ? html`<span class="fault" id="confirmed-fault">${this.faultOf("confirmed")}</span>` : nothing}
          <div class="choices"><label class="choice">
          <input type="checkbox" id="confirmed" name="confirmed" aria-describedby=${this.faultOf("confirmed") ? "confirmed-fault" : nothing} .checked=${of.confirmed} @change=${(event: Event) => this.#draft.change({ confirmed: (event.target as HTMLInputElement).checked })}>
          <span>${t("procedure.confirm")}<small>${t("procedure.confirm.hint")}</small></span>
        </label></div></div>
        ${saveBar({ unsaved: this.#draft.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#discard() })}
      </form>`;
  }

  #number({ name, number }: PhoneNumber, at: number): TemplateResult {
    const [nameId, numberId] = [`numbers.${at}.name`, `numbers.${at}.number`];
    return html`<div class="two">
      ${textField({ id: nameId, label: t("procedure.name"), value: name, fault: this.faultOf(nameId), onInput: (typed) => this.#change(at, { name: typed }) })}
      ${textField({ id: numberId, label: t("procedure.number"), value: number, latin: true, inputmode: "tel", fault: this.faultOf(numberId), onInput: (typed) => this.#change(at, { number: typed }) })}
      <p><button type="button" class="link" aria-label=${t("procedure.remove.label", { name: name || t("procedure.number") })} @click=${() => this.#remove(at)}>${t("procedure.remove")}</button></p>
    </div>`;
  }

  get #numbers(): readonly PhoneNumber[] {
    return this.#draft.typed?.numbers ?? [];
  }

  #change(at: number, part: Partial<PhoneNumber>): void {
    this.#draft.change({ numbers: this.#numbers.map((one, position) => (position === at ? { ...one, ...part } : one)) });
  }

  async #add({ numbers }: Edited): Promise<void> {
    this.#draft.change({ numbers: [...numbers, { name: "", number: "" }] });
    await this.updateComplete;
    document.getElementById(`numbers.${numbers.length}.name`)?.focus();
  }

  #remove(at: number): void {
    const { name = "" } = this.#numbers[at] ?? {};
    this.#draft.change({ numbers: this.#numbers.filter((_, position) => position !== at) });
    announce(t("procedure.remove.label", { name: name || t("procedure.number") }));
    this.querySelector<HTMLElement>(".numbers > p .button")?.focus();
  }

  #discard(): void {
    this.faults = [];
    this.#draft.discard();
  }

  readonly #type = ({ target }: Event): void => {
    if (target instanceof HTMLTextAreaElement) this.#draft.change({ text: target.value });
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { typed } = this.#draft;
    if (!typed) return;
    const numbers = withoutEmpty(typed.numbers);
    this.#draft.change({ numbers });
    const faults = faultsIn({ text: typed.text, numbers });
    if (faults.length) return this.blame(...faults.map(({ field, words }) => ({ field, words: t(words) })));
    if (await this.attempt(() => this.#draft.save())) this.#draft.saved(t("procedure.saved"));
  };
}

customElements.define("procedure-page", ProcedurePage);
