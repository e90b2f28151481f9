/** From a chosen time to an appointment: how to talk, check the answers, book. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { member } from "../api/sign-in.ts";
import type { Appointment, Mode, Slot } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { choices } from "../parts/field.ts";
import { zoneLine } from "../parts/zone-line.ts";
import { ownZone, prefer } from "../people/preferences.ts";
import { dayAndClock } from "../time/when.ts";
import { t, tCode } from "../words/language.ts";
import { type Conflict, conflictOf, nextTimes } from "./conflict.ts";
import { type Draft, draft, keepDraft } from "./draft.ts";
import { whenInFull } from "./words.ts";

class BookPage extends Page {
  @state() private chosen: Draft | null = null;
  @state() private conflict: Conflict | null = null;
  readonly #intent = new Intent();

  override opened(): void {
    this.chosen = draft();
    this.conflict = null;
    this.faults = [];
    if (this.chosen && !this.chosen.mode && this.params["step"] !== "how") void router.go("/book/how", "replace");
  }

  protected override render(): TemplateResult {
    if (!this.chosen) {
      return html`${this.heading(t("book.check.heading"))}
        <p>${t("book.lost")}</p>
        <p><a class="button" href="/counselors">${t("find.heading")}</a></p>`;
    }
    return this.params["step"] === "how" ? this.#how(this.chosen) : this.#check(this.chosen);
  }

  #how({ counselor, mode }: Draft): TemplateResult {
    return html`${this.summary()} ${this.heading(t("book.how.heading"))}
      <form novalidate @submit=${this.#keepMode}>
        ${choices({
          id: "mode",
          label: t("book.how.legend", { name: counselor.name }),
          fault: this.faultOf("mode"),
          chosen: mode ? [mode] : [],
          options: counselor.modes.map((code) => ({ value: code, label: tCode("mode", code), hint: tCode("mode", `${code}.hint`) })),
        })}
        <p class="actions"><button class="button">${t("continue")}</button>
          <a class="button quiet" href="/counselors/${counselor.id}">${t("back")}</a></p>
      </form>`;
  }

  #check({ counselor, slot, mode }: Draft): TemplateResult {
    return html`${this.summary()} ${this.heading(t("book.check.heading"))}
      ${this.conflict ? nextTimes(this.conflict, ownZone(), (next) => this.#take(next), html`<a class="tall" href="/counselors/${counselor.id}">${t("book.all")}</a>`) : nothing}
      <dl class="facts">
        <div><dt>${t("book.counselor")}</dt><dd><bdi>${counselor.name}</bdi></dd><dd><a class="tall" href="/counselors">${t("change")}<span class="heard-only">: ${t("book.change.counselor")}</span></a></dd></div>
        <div><dt>${t("book.when")}</dt><dd>${whenInFull(slot, ownZone())}</dd><dd><a class="tall" href="/counselors/${counselor.id}">${t("change")}<span class="heard-only">: ${t("book.change.when")}</span></a></dd></div>
        <div><dt>${t("book.how")}</dt><dd>${mode ? tCode("mode", mode) : ""}</dd><dd>${counselor.modes.length > 1
          ? html`<a class="tall" href="/book/how">${t("change")}<span class="heard-only">: ${t("book.change.how")}</span></a>` : nothing}</dd></div>
        ${counselor.repeats > 1 ? html`<div><dt>${t("book.repeat")}</dt><dd>${t("book.repeat.no")}</dd><dd><a class="tall" href="/book/repeat">${t("book.repeat.choose")}</a></dd></div>` : nothing}
      </dl>
      ${zoneLine(ownZone(), (zone) => void this.attempt(() => prefer({ zone })))}
      <p>${t("book.sees", { name: counselor.name, handle: member.person?.handle ?? "" })}</p>
      <p class="actions"><button class="button" aria-disabled=${this.busy} @click=${this.#book}>${t("book.button")}</button></p>`;
  }

  readonly #keepMode = (event: SubmitEvent): void => {
    event.preventDefault();
    const mode = new FormData(event.currentTarget as HTMLFormElement).get("mode") as Mode | null;
    if (!mode) return void this.blame({ field: "mode", words: t("book.how.missing") });
    if (this.chosen) keepDraft({ ...this.chosen, mode });
    void router.go("/book");
  };

  readonly #book = async (): Promise<void> => {
    const { chosen } = this;
    if (!chosen?.mode) return;
    const body = { counselor_id: chosen.counselor.id, start: chosen.slot.start, mode: chosen.mode, zone: ownZone() };
    this.conflict = null;
    await this.attempt(async () => {
      try {
        const { id } = await call<Appointment>("POST", "/api/appointments", { body, intent: this.#intent });
        keepDraft(null);
        await router.go(`/appointments/${id}/booked`, "replace");
      } catch (failure) {
        this.conflict = conflictOf(failure);
        if (!this.conflict) throw failure;
        if (failure instanceof Problem) announce(tCode("problem", failure.code));
        await this.updateComplete;
        this.querySelector<HTMLElement>(".conflict")?.focus();
      }
    });
  };

  #take(slot: Slot): void {
    if (!this.chosen) return;
    this.chosen = { ...this.chosen, slot };
    keepDraft(this.chosen);
    this.conflict = null;
    announce(t("book.chosen", { when: dayAndClock(slot.start, ownZone()) }));
    void this.readFromHeading();
  }
}

customElements.define("book-page", BookPage);
