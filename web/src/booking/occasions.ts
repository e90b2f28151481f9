/** The dates of a series before they are booked or moved: what is free, and what somebody takes instead of what is not. */

import { html, nothing, type TemplateResult } from "lit";
import type { Slot } from "../api/types.ts";
import type { Fault } from "../frame/page.ts";
import { choices } from "../parts/field.ts";
import { clock, dayAndClock, daySpan } from "../time/when.ts";
import { type Key, t } from "../words/language.ts";

export interface Occasion extends Slot {
  readonly standing: "free" | "taken" | "yours";
  readonly others: readonly Slot[];
}

/** Left out, or left where it is. */
const NONE = "none";

/** What is chosen for each date. A choice that is no longer there to be chosen is forgotten. */
export class Picks {
  readonly #chosen = new Map<string, string>();

  choose({ start }: Occasion, picked: string): void {
    this.#chosen.set(start, picked);
  }

  /** The start that is taken, null if the date is left out, undefined as long as there is a choice to be made. */
  of({ start, standing, others }: Occasion): string | null | undefined {
    const picked = this.#chosen.get(start);
    if (picked === NONE) return null;
    const open = standing === "free" ? [start] : others.map((slot) => slot.start);
    return picked !== undefined && open.includes(picked) ? picked : standing === "free" ? start : undefined;
  }

  leaveOut(occasion: Occasion): void {
    this.choose(occasion, NONE);
  }
}

export interface Shown {
  readonly occasions: readonly Occasion[];
  readonly picks: Picks;
  readonly zone: string;
  readonly faultOf: (field: string) => string;
  /** What leaving a date out means here. */
  readonly leave: Key;
  /** Words above a date, such as where it was. */
  readonly note?: (at: number) => TemplateResult;
  readonly changed: () => void;
}

export function occasionList(of: Shown): TemplateResult {
  const usual = of.occasions[0] ? clock(of.occasions[0].start, of.zone) : "";
  return html`<ol class="cards dates">${of.occasions.map((occasion, at) => html`<li class="card"><div>
    ${of.note?.(at) ?? nothing}
    <h2>${daySpan(occasion.start, occasion.end, of.zone)}</h2>
    ${clock(occasion.start, of.zone) === usual ? nothing : html`<p class="quiet-words">${t("series.other-clock", { time: clock(occasion.start, of.zone) })}</p>`}
    ${occasion.standing === "free" ? free(of, occasion) : notFree(of, occasion, at)}
  </div></li>`)}</ol>`;
}

/** One fault for each date for which nothing is chosen yet. */
export function unpicked({ occasions, picks, zone }: Pick<Shown, "occasions" | "picks" | "zone">): Fault[] {
  return occasions.flatMap((occasion, at) =>
    picks.of(occasion) === undefined ? [{ field: `date-${at}`, words: t("series.pick", { when: dayAndClock(occasion.start, zone) }) }] : []);
}

function free({ picks, leave, changed, zone }: Shown, occasion: Occasion): TemplateResult {
  const out = picks.of(occasion) === null;
  const turn = (): void => {
    if (out) picks.choose(occasion, occasion.start);
    else picks.leaveOut(occasion);
    changed();
  };
  const what = t(out ? "series.take-back" : leave);
  return html`<p>${out ? html`<strong>${t("series.left-out")}</strong> ` : nothing}<button type="button" class="link over" aria-label="${what}: ${dayAndClock(occasion.start, zone)}" @click=${turn}>${what}</button></p>`;
}

function notFree({ picks, leave, changed, zone, faultOf }: Shown, occasion: Occasion, at: number): TemplateResult {
  const picked = picks.of(occasion);
  const pick = (value: string): void => {
    picks.choose(occasion, value);
    changed();
  };
  return html`<p><strong>${t(occasion.standing === "yours" ? "series.yours" : "series.taken")}</strong></p>
    ${choices({
      id: `date-${at}`, label: t("series.instead"), fault: faultOf(`date-${at}`),
      chosen: picked === undefined ? [] : [picked ?? NONE],
      options: [...occasion.others.map(({ start }) => ({ value: start, label: dayAndClock(start, zone) })), { value: NONE, label: t(leave) }],
      onChange: pick,
    })}`;
}
