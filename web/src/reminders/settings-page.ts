/** Reminders: how long before, when it stays quiet, which ways they come, and what others could see. For clients and staff. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { member, staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { settings } from "../frame/settings.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { choices, selectField, textField } from "../parts/field.ts";
import { zoneHere, zoneInWords } from "../time/zones.ts";
import { t } from "../words/language.ts";
import { choosable, minutesOf, MOST, spanInWords, type Unit, UNITS } from "./before.ts";
import { inTheCalendar, onTheScreen, onTop, type Preferences, type Reminders, same, USUAL_QUIET, wish } from "./preferences.ts";
import "../calendars/calendar-feed.ts";
import "./email-channel.ts";
import "./push-switch.ts";
import "./sms-channel.ts";

class RemindersPage extends Page {
  /** What is on the page, saved or not. */
  @state() private draft: Reminders | null = null;
  @state() private said = "";
  /** What was there before the last save. */
  @state() private previous: Preferences | null = null;
  @state() private adds = false;
  #typed = "";
  #unit: Unit = "hour";
  readonly #intent = new Intent();
  readonly #kept = new Fetched<Reminders>(this, async () => this.#show(await call<Reminders>("GET", this.#address)));

  override opened(): void {
    this.faults = [];
    this.said = "";
    this.previous = null;
    this.adds = false;
    if (!this.unsaved) void this.#kept.load();
  }

  override async mayLeave(): Promise<boolean> {
    if (!this.unsaved) return true;
    const leaves = await confirmed({ heading: t("reminders.unsaved"), text: t("reminders.unsaved.text"), yes: t("reminders.unsaved.leave"), no: t("reminders.unsaved.stay") });
    if (leaves) this.draft = null;
    return leaves;
  }

  get unsaved(): boolean {
    return Boolean(this.draft && this.#kept.value && !same(this.draft, this.#kept.value));
  }

  get #ofStaff(): boolean {
    return location.pathname.startsWith("/staff");
  }

  get #prefix(): "/api" | "/api/staff" {
    return this.#ofStaff ? "/api/staff" : "/api";
  }

  get #address(): string {
    return `${this.#prefix}/reminders`;
  }

  get #zone(): string {
    return (this.#ofStaff ? staff : member).person?.zone ?? zoneHere();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("reminders.heading"))}
      <p>${t("reminders.intro")}</p>
      ${this.#kept.render(() => (this.draft ? this.#form(this.draft) : nothing))}`;
  }

  #form(draft: Reminders): TemplateResult {
    return html`<form class="reminders" novalidate @submit=${this.#submit}>
        ${this.#times(draft)} ${this.#quiet(draft)} ${this.#discreet(draft)}
        <div class="reminders-save">
          <p class="actions">
            <button class="button" aria-disabled=${this.busy}>${this.busy ? t("reminders.saving") : t("save")}</button>
            ${this.unsaved ? html`<button type="button" class="button quiet" @click=${this.#discard}>${t("reminders.discard")}</button>` : nothing}
            ${this.said ? html`<span>${this.said}</span>` : nothing}
            ${this.previous && !this.unsaved ? html`<button type="button" class="link" @click=${this.#undo}>${t("reminders.undo")}</button>` : nothing}
          </p>
        </div>
      </form>
      ${this.#ways()}
      <calendar-feed prefix=${this.#prefix}></calendar-feed>`;
  }

  #times({ before }: Reminders): TemplateResult {
    const options = choosable([...before, ...(this.#kept.value?.before ?? [])]).map((minutes) => ({ value: String(minutes), label: spanInWords(minutes) }));
    return html`<section aria-labelledby="before-heading">
      <h2 id="before-heading">${t("reminders.when")}</h2>
      <div class="reminder-times">${choices({
        id: "before", label: t("reminders.before"), hint: t("reminders.before.hint", { count: MOST }), fault: this.faultOf("before"), several: true,
        options, chosen: before.map(String), onChange: (value, chosen) => this.#choose(Number(value), chosen),
      })}</div>
      ${this.adds ? this.#own() : html`<p><button type="button" class="link tall" @click=${this.#open}>${t("reminders.own")}</button></p>`}
      ${before.length ? nothing : html`<p class="panel">${t("reminders.none")}</p>`}
    </section>`;
  }

  #own(): TemplateResult {
    return html`<fieldset class="reminder-own">
      <legend>${t("reminders.own")}</legend>
      ${textField({ id: "own", type: "text", inputmode: "numeric", label: t("reminders.own.number"), fault: this.faultOf("own"), value: this.#typed, onInput: (typed) => (this.#typed = typed) })}
      ${selectField({
        id: "unit", label: t("reminders.own.unit"), value: this.#unit, onChange: (unit) => (this.#unit = unit as Unit),
        options: (Object.keys(UNITS) as Unit[]).map((unit) => ({ value: unit, label: t(`reminders.unit.${unit}`) })),
      })}
      <p><button type="button" class="button quiet" @click=${this.#add}>${t("reminders.own.add")}</button></p>
    </fieldset>`;
  }

  #quiet({ quiet }: Reminders): TemplateResult {
    return html`<section aria-labelledby="quiet-heading">
      <h2 id="quiet-heading">${t("reminders.quiet")}</h2>
      <p class="hint">${t("reminders.quiet.hint")}</p>
      <label class="choice">
        <input type="checkbox" .checked=${quiet !== null} @change=${(event: Event) => this.#change({ quiet: (event.target as HTMLInputElement).checked ? USUAL_QUIET : null })}>
        <span>${t("reminders.quiet.on")}</span>
      </label>
      ${quiet ? html`<div class="reminder-quiet">
        ${textField({ id: "quiet.start", type: "time", label: t("reminders.quiet.start"), fault: this.faultOf("quiet.start"), value: quiet.start, onInput: (start) => this.#change({ quiet: { ...quiet, start } }) })}
        ${textField({ id: "quiet.end", type: "time", label: t("reminders.quiet.end"), fault: this.faultOf("quiet.end"), value: quiet.end, onInput: (end) => this.#change({ quiet: { ...quiet, end } }) })}
      </div>
      <p class="quiet-words">${t("reminders.quiet.zone", { zone: zoneInWords(this.#zone) })}</p>` : nothing}
    </section>`;
  }

  #discreet(draft: Reminders): TemplateResult {
    const screen = onTheScreen(draft);
    return html`<section aria-labelledby="discreet-heading">
      <h2 id="discreet-heading">${t("reminders.discreet")}</h2>
      <p>${t("reminders.discreet.text")}</p>
      ${textField({ id: "code_word", label: t("reminders.code-word"), hint: t("reminders.code-word.hint"), optional: true, fault: this.faultOf("code_word"), value: draft.code_word, onInput: (code_word) => this.#change({ code_word }) })}
      ${settings().channels.includes("email") ? textField({ id: "sender", label: t("reminders.sender"), hint: t("reminders.sender.hint"), optional: true, fault: this.faultOf("sender"), value: draft.sender, onInput: (sender) => this.#change({ sender }) }) : nothing}
      ${textField({ id: "calendar_title", label: t("reminders.calendar-title"), hint: t("reminders.calendar-title.hint"), optional: true, fault: this.faultOf("calendar_title"), value: draft.calendar_title, onInput: (calendar_title) => this.#change({ calendar_title }) })}
      <figure class="lock-screen">
        <figcaption>${t("reminders.preview")}</figcaption>
        <div class="lock-notice"><p><strong dir="auto">${screen.title}</strong></p><p dir="auto">${screen.body}</p></div>
        <p class="quiet-words">${t("reminders.preview.calendar")} <strong dir="auto">${inTheCalendar(draft, t("reminders.calendar-title.neutral"))}</strong></p>
      </figure>
    </section>`;
  }

  /** Each way has an element of its own that knows whether it is on; what is told always stands on the site as well. */
  #ways(): TemplateResult {
    return html`<section aria-labelledby="ways-heading" class="reminder-ways">
      <h2 id="ways-heading">${t("reminders.ways")}</h2>
      <p>${t("reminders.ways.here")} <a href=${this.#ofStaff ? "/staff/notices" : "/notices"}>${t("reminders.ways.read")}</a></p>
      <h3>${t("reminders.ways.push")}</h3>
      <push-switch prefix=${this.#prefix}></push-switch>
      <email-channel api=${this.#prefix}></email-channel>
      <sms-channel api=${this.#prefix}></sms-channel>
    </section>`;
  }

  #show(found: Reminders): Reminders {
    this.draft = found;
    return found;
  }

  #change(change: Partial<Preferences>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...change };
    this.said = "";
  }

  #choose(minutes: number, chosen: boolean): void {
    if (!this.draft) return;
    const others = this.draft.before.filter((other) => other !== minutes);
    this.#change({ before: chosen ? [...others, minutes] : others });
  }

  readonly #open = async (): Promise<void> => {
    this.adds = true;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#own")?.focus();
  };

  readonly #add = async (): Promise<void> => {
    const minutes = minutesOf(this.#typed, this.#unit);
    if (minutes === null) return this.blame({ field: "own", words: t("reminders.own.wrong") });
    this.faults = [];
    this.#choose(minutes, true);
    this.#typed = "";
    this.adds = false;
    announce(t("reminders.own.added", { span: spanInWords(minutes) }));
    await this.updateComplete;
    this.querySelector<HTMLElement>(`.reminder-times input[value="${minutes}"]`)?.focus();
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { draft } = this;
    if (!draft) return;
    if (draft.before.length > MOST) return this.blame({ field: "before", words: t("reminders.before.many", { count: MOST }) });
    if (draft.quiet && (!draft.quiet.start || !draft.quiet.end)) return this.blame({ field: draft.quiet.start ? "quiet.end" : "quiet.start", words: t("reminders.quiet.missing") });
    if (draft.quiet && draft.quiet.start === draft.quiet.end) return this.blame({ field: "quiet.end", words: t("reminders.quiet.same") });
    const previous = this.#kept.value ?? null;
    if (await this.#save(draft)) this.previous = previous;
  };

  readonly #undo = async (): Promise<void> => {
    const { previous, draft } = this;
    if (!previous || !draft) return;
    if (await this.#save({ ...previous, version: draft.version }, t("reminders.undone"))) this.previous = null;
  };

  readonly #discard = (): void => {
    this.draft = this.#kept.value ?? null;
    this.faults = [];
  };

  async #save(wanted: Preferences, said = t("reminders.saved")): Promise<boolean> {
    const saved = await this.attempt(async () => {
      try {
        this.#kept.set(this.#show(await call<Reminders>("PUT", this.#address, { body: wish(wanted), intent: this.#intent })));
        this.#intent.done();
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 409) await this.#catchUp();
        throw failure;
      }
    });
    if (!saved) return false;
    this.said = said;
    announce(said);
    return true;
  }

  /** Something was saved elsewhere: it stands, and what was changed here goes on top of it. */
  async #catchUp(): Promise<void> {
    const [mine, since] = [this.draft, this.#kept.value];
    await this.#kept.load();
    const theirs = this.#kept.value;
    if (mine && since && theirs) this.draft = onTop(mine, since, theirs);
  }
}

customElements.define("reminders-page", RemindersPage);
