/** Booking the same time for many weeks: how often, then every date as it stands, then all of them at once. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { member } from "../api/sign-in.ts";
import type { Appointment } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { Fetched } from "../parts/fetched.ts";
import { choices, selectField, textField, typed } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { t, tCode } from "../words/language.ts";
import { type Draft, draft, keepDraft, type Repeat } from "./draft.ts";
import { type Occasion, occasionList, Picks, unpicked } from "./occasions.ts";
import { whenInFull } from "./words.ts";

const USUAL_COUNT = 4;

class SeriesPage extends Page {
  @state() private chosen: Draft | null = null;
  @state() private ends: "count" | "until" = "count";
  @state() private gone = false;
  #picks = new Picks();
  /** The form has asked for the dates just now. */
  #fresh = false;
  readonly #intent = new Intent();
  readonly #dates = new Fetched<readonly Occasion[]>(this, () => this.#ask());

  override opened(): void {
    this.chosen = draft();
    this.faults = [];
    this.gone = false;
    if (!this.chosen?.mode) return void router.go("/book", "replace");
    this.ends = this.chosen.repeat?.until ? "until" : "count";
    if (!this.#listing) return;
    if (!this.chosen.repeat) return void router.go("/book/repeat", "replace");
    this.#picks = new Picks();
    if (!this.#fresh) {
      this.#dates.clear();
      void this.#dates.load();
    }
    this.#fresh = false;
  }

  get #listing(): boolean {
    return location.pathname.endsWith("/dates");
  }

  protected override render(): TemplateResult {
    const { chosen } = this;
    if (!chosen) return html`${this.heading(t("series.heading"))}`;
    return this.#listing ? this.#list(chosen) : this.#form(chosen);
  }

  #form({ counselor, slot, repeat }: Draft): TemplateResult {
    const most = counselor.repeats;
    const counts = Array.from({ length: most - 1 }, (_, at) => ({ value: String(at + 2), label: String(at + 2) }));
    return html`${this.summary()} ${this.heading(t("series.heading"))}
      <p>${t("series.text")}</p>
      <p>${whenInFull(slot, ownZone())}</p>
      <form novalidate @submit=${this.#keep}>
        ${choices({
          id: "every", label: t("series.every"), chosen: [String(repeat?.every ?? 1)],
          options: [{ value: "1", label: t("series.every.1") }, { value: "2", label: t("series.every.2") }],
        })}
        ${choices({
          id: "ends", label: t("series.ends"), chosen: [this.ends],
          options: [{ value: "count", label: t("series.ends.count") }, { value: "until", label: t("series.ends.until") }],
          onChange: (value) => (this.ends = value === "until" ? "until" : "count"),
        })}
        ${this.ends === "count"
          ? selectField({ id: "count", label: t("series.count"), options: counts, value: String(Math.min(most, repeat?.count ?? USUAL_COUNT)), fault: this.faultOf("count") })
          : textField({ id: "until", type: "date", label: t("series.until"), value: repeat?.until ?? "", fault: this.faultOf("until") })}
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("continue")}</button>
          <a class="button quiet" href="/book">${t("back")}</a></p>
      </form>`;
  }

  #list({ counselor, mode }: Draft): TemplateResult {
    return html`${this.summary()} ${this.heading(t("series.dates.heading"))}
      ${this.gone ? html`<p class="panel ember conflict" role="group" tabindex="-1">${t("series.gone")}</p>` : nothing}
      <p><bdi>${counselor.name}</bdi> · ${mode ? tCode("mode", mode) : ""}</p>
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      ${this.#dates.render((occasions) => this.#show(occasions, counselor.name))}
      <p><a class="tall" href="/book/repeat">${t("series.change")}</a></p>`;
  }

  #show(occasions: readonly Occasion[], name: string): TemplateResult {
    const free = occasions.filter(({ standing }) => standing === "free").length;
    const count = occasions.length;
    const taking = occasions.filter((occasion) => this.#picks.of(occasion) !== null).length;
    return html`<p><strong>${free === count ? t("series.free.all", { count }) : t("series.free.some", { free, count })}</strong></p>
      ${occasionList({
        occasions, picks: this.#picks, zone: ownZone(), leave: "series.leave-out",
        faultOf: (field) => this.faultOf(field), changed: () => this.requestUpdate(),
      })}
      <p>${t("book.sees", { name, handle: member.person?.handle ?? "" })}</p>
      <p class="actions"><button class="button" aria-disabled=${this.busy} @click=${() => this.#book(occasions)}>${t("series.book", { count: taking })}</button></p>`;
  }

  /** The dates are asked for already here: what is wrong with the rule is said beside it. */
  readonly #keep = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { chosen } = this;
    const { every, count, until } = typed(event.currentTarget as HTMLFormElement);
    if (!chosen) return;
    if (this.ends === "until" && !until) return this.blame({ field: "until", words: t("series.until.missing") });
    const repeat: Repeat = { every: every === "2" ? 2 : 1, ...(this.ends === "until" ? { until } : { count: Number(count) }) };
    this.chosen = { ...chosen, repeat };
    const fine = await this.attempt(async () => {
      try {
        this.#dates.set(await this.#ask());
        this.#fresh = true;
      } catch (failure) {
        if (!(failure instanceof Problem) || failure.code !== "invalid" || failure.field !== "until") throw failure;
        await this.blame({ field: "until", words: t("series.until.wrong", { count: chosen.counselor.repeats }) });
      }
    });
    if (!fine || !this.#fresh) return;
    keepDraft(this.chosen);
    void router.go("/book/dates");
  };

  async #book(occasions: readonly Occasion[]): Promise<void> {
    const { chosen } = this;
    if (!chosen?.mode || !chosen.repeat) return;
    const zone = ownZone();
    const faults = unpicked({ occasions, picks: this.#picks, zone });
    const starts = occasions.flatMap((occasion) => this.#picks.of(occasion) ?? []);
    if (faults.length) return this.blame(...faults);
    if (!starts.length) return this.blame({ words: t("series.none") });
    this.gone = false;
    const what = { counselor_id: chosen.counselor.id, mode: chosen.mode, zone };
    await this.attempt(async () => {
      try {
        const [first] = starts.length === 1
          ? [await call<Appointment>("POST", "/api/appointments", { body: { ...what, start: starts[0] }, intent: this.#intent })]
          : (await call<{ appointments: Appointment[] }>("POST", "/api/series", { body: { ...what, ...chosen.repeat, first: chosen.slot.start, starts }, intent: this.#intent })).appointments;
        keepDraft(null);
        await router.go(`/appointments/${first?.id}/booked`, "replace");
      } catch (failure) {
        if (!(failure instanceof Problem) || !["times_taken", "slot_taken", "already_booked_then"].includes(failure.code)) throw failure;
        await this.#dates.load();
        this.gone = true;
        announce(t("series.gone"));
        await this.updateComplete;
        this.querySelector<HTMLElement>(".conflict")?.focus();
      }
    });
  }

  async #ask(): Promise<readonly Occasion[]> {
    const { counselor, slot, repeat } = this.chosen ?? {};
    if (!counselor || !slot || !repeat) return [];
    const asked = new URLSearchParams({ first: slot.start, every: String(repeat.every) });
    if (repeat.until) asked.set("until", repeat.until);
    else asked.set("count", String(repeat.count));
    return (await call<{ occasions: readonly Occasion[] }>("GET", `/api/counselors/${counselor.id}/series?${asked}`)).occasions;
  }
}

customElements.define("series-page", SeriesPage);
