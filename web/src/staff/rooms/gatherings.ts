/** Scheduled hours of a room: which are ahead, who comes; making one, calling one off. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import type { Fault } from "../../frame/page.ts";
import type { Scope } from "../../booking/series-scope.ts";
import { confirmed } from "../../parts/confirm.ts";
import { Fetched } from "../../parts/fetched.ts";
import { choices, selectField, textField, typed } from "../../parts/field.ts";
import type { Gathering } from "../../rooms/types.ts";
import { daySpan } from "../../time/when.ts";
import { offsetOf, zoneInWords } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { listed } from "../../words/listed.ts";
import { durations } from "../durations.ts";
import { Refocus } from "../refocus.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { instantAt } from "../wall-clock.ts";
import { today } from "../../time/week.ts";
import { RoomPage } from "./room-page.ts";

const LENGTHS = [30, 45, 60, 75, 90, 120] as const;
const USUAL_LENGTH = 60;
const LONGEST_TITLE = 80;
const MINUTE_MS = 60_000;

const MOST_AHEAD = 30;
const USUAL_COUNT = 4;

class GatheringsPage extends RoomPage {
  @state() private repeat: "" | "1" | "2" = "";
  /** The date whose cancelling asks which others are meant. */
  @state() private asks = "";
  @state() private scope: Scope = "one";
  unsaved = false;
  readonly #gatherings = new Fetched<readonly Gathering[]>(this, () => this.#ask());
  readonly #making = new Intent();
  readonly #cancelling = new Intent();

  constructor() {
    super();
    new Refocus(this, () => void this.#ask().then((found) => this.#gatherings.set(found), () => {}));
  }

  override opened(): void {
    super.opened();
    this.unsaved = false;
    this.#gatherings.clear();
    void this.#gatherings.load();
  }

  override async mayLeave(): Promise<boolean> {
    if (this.unsaved) this.unsaved = !(await leaveUnsaved());
    return !this.unsaved;
  }

  protected override render(): TemplateResult {
    return html`${this.top(t("staff.gatherings.heading"))}
      <p>${t("staff.gatherings.text")}</p>
      <p class="zone-note">${t("zone.shown-in")} <strong>${zoneInWords(this.zone)}</strong> <bdi class="quiet-words">${offsetOf(this.zone)}</bdi></p>
      ${this.#gatherings.render((found) => found.length
        ? html`<ul class="gatherings" aria-label=${t("staff.gatherings.heading")}>${found.map((of) => this.#one(of))}</ul>`
        : html`<p class="quiet-words">${t("staff.gatherings.none")}</p>`)}
      ${this.#form()}`;
  }

  #one(of: Gathering): TemplateResult {
    const when = daySpan(of.start, of.end, this.zone);
    return html`<li class="gathering ${of.cancelled ? "cancelled" : ""}">
      <h2>${of.title}</h2>
      <p>${when} ${of.series_id ? html`<span class="quiet-words">· ${t("staff.gatherings.repeats")}</span>` : nothing} ${of.cancelled ? html`<span class="tag">${t("staff.gatherings.cancelled")}</span>` : nothing}</p>
      ${of.cancelled ? nothing : html`<p>${t("staff.gatherings.coming", { count: of.coming })}</p>
        ${of.handles.length ? html`<ul class="names">${of.handles.map((handle) => html`<li><bdi dir="ltr">${handle}</bdi></li>`)}</ul>` : nothing}
        ${this.asks === of.id ? this.#which(of) : html`<p><button type="button" class="link" aria-label="${t("staff.gatherings.cancel")}: ${listed(of.title, when)}" @click=${() => this.#cancel(of, when)}>${t("staff.gatherings.cancel")}</button></p>`}`}
    </li>`;
  }

  #which({ id }: Gathering): TemplateResult {
    const scopes: readonly Scope[] = ["one", "following", "all"];
    return html`${choices({
        id: "scope", label: t("staff.gatherings.scope"), chosen: [this.scope],
        options: scopes.map((value) => ({ value, label: t(`staff.gatherings.scope.${value}`) })), onChange: (value) => (this.scope = value as Scope),
      })}
      <p class="actions"><button type="button" class="button grave" aria-disabled=${this.busy} @click=${() => this.#callOff(`${id}/series/cancel`, { scope: this.scope })}>${t("staff.gatherings.cancel")}</button>
        <button type="button" class="button quiet" @click=${() => (this.asks = "")}>${t("staff.gatherings.keep")}</button></p>`;
  }

  #form(): TemplateResult {
    const length = durations("minute", LENGTHS, USUAL_LENGTH);
    return html`<form class="gathering-form" novalidate @submit=${this.#make} @input=${() => (this.unsaved = true)}>
      <fieldset class="adding">
        <legend>${t("staff.gatherings.new")}</legend>
        ${textField({ id: "title", label: t("staff.gatherings.title"), hint: t("staff.gatherings.title.hint"), fault: this.faultOf("title") })}
        <div class="two">
          ${textField({ id: "date", type: "date", label: t("staff.gatherings.date"), fault: this.faultOf("date") })}
          ${textField({ id: "start", type: "time", label: t("staff.gatherings.start"), fault: this.faultOf("start") })}
        </div>
        ${selectField({ id: "minutes", label: t("staff.gatherings.length"), value: String(USUAL_LENGTH), options: length })}
        <div class="two">
          ${selectField({
            id: "every", label: t("staff.gatherings.repeat"), value: this.repeat,
            options: [{ value: "", label: t("staff.gatherings.repeat.no") }, { value: "1", label: t("series.every.1") }, { value: "2", label: t("series.every.2") }],
            onChange: (value) => (this.repeat = value === "1" || value === "2" ? value : ""),
          })}
          ${this.repeat ? selectField({
            id: "count", label: t("staff.gatherings.count"), value: String(USUAL_COUNT), fault: this.faultOf("count"),
            options: Array.from({ length: MOST_AHEAD - 1 }, (_, at) => ({ value: String(at + 2), label: String(at + 2) })),
          }) : nothing}
        </div>
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("staff.gatherings.make")}</button></p>
      </fieldset>
    </form>`;
  }

  readonly #make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { title = "", date = "", start: time = "", minutes, every, count } = typed(form);
    const repeat = every ? { every: Number(every), count: Number(count) } : null;
    const start = instantAt(this.zone, date, time);
    const faults = faultsOf(title, date, time, start, today(this.zone));
    if (faults.length || !start) return this.blame(...faults);
    const end = new Date(Date.parse(start) + Number(minutes) * MINUTE_MS).toISOString().replace(".000Z", "Z");
    const done = await this.attempt(async () => {
      const body = { title, start, end, zone: this.zone, ...(repeat ? { repeat } : {}) };
      await call("POST", `${this.api}/gatherings${repeat ? "/series" : ""}`, { body, intent: this.#making });
      this.#gatherings.set(await this.#ask());
    });
    if (!done) return;
    form.reset();
    this.repeat = "";
    this.unsaved = false;
    announce(repeat ? t("staff.gatherings.made.many", { count: repeat.count }) : t("staff.gatherings.made"));
    await this.readFromHeading();
  };

  async #cancel({ id, title, series_id }: Gathering, when: string): Promise<void> {
    if (series_id) {
      this.asks = id;
      this.scope = "one";
      await this.updateComplete;
      return this.querySelector<HTMLElement>("#scope")?.focus();
    }
    if (!(await confirmed({ heading: t("staff.gatherings.cancel.ask"), text: t("staff.gatherings.cancel.text", { title, when }), yes: t("staff.gatherings.cancel"), no: t("staff.gatherings.keep") }))) return;
    await this.#callOff(`${id}/cancel`, {});
  }

  async #callOff(what: string, body: object): Promise<void> {
    const done = await this.attempt(async () => {
      await call("POST", `${this.api}/gatherings/${what}`, { body, intent: this.#cancelling });
      this.#gatherings.set(await this.#ask());
    });
    this.asks = "";
    if (done) announce(t("staff.gatherings.cancelled"));
  }

  async #ask(): Promise<readonly Gathering[]> {
    return (await call<{ gatherings: readonly Gathering[] }>("GET", `${this.api}/gatherings`)).gatherings;
  }
}

function faultsOf(title: string, date: string, time: string, start: string | null, today: string): Fault[] {
  const faults: Fault[] = [];
  if (!title || title.length > LONGEST_TITLE) faults.push({ field: "title", words: t("staff.gatherings.title.missing", { count: LONGEST_TITLE }) });
  if (!date) faults.push({ field: "date", words: t("exceptions.first.missing") });
  else if (date < today) faults.push({ field: "date", words: t("exceptions.first.past") });
  if (!time) faults.push({ field: "start", words: t("hours.fault.start") });
  else if (date && !start) faults.push({ field: "start", words: t("block.no-such-time") });
  else if (start && Date.parse(start) <= Date.now() && date >= today) faults.push({ field: "start", words: t("staff.gatherings.start.past") });
  return faults;
}

customElements.define("gatherings-page", GatheringsPage);
