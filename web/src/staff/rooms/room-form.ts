/** The fields of a room: how it looks from outside, who may come in, how it is kept calm. Fires "rules" with what changed. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { TOPICS } from "../../api/types.ts";
import type { Fault } from "../../frame/page.ts";
import { Part } from "../../frame/part.ts";
import { choices, type Option, selectField, textArea, textField } from "../../parts/field.ts";
import { AUDIENCES } from "../../rooms/types.ts";
import { nameOfLanguage, t, tCode } from "../../words/language.ts";
import { durations } from "../durations.ts";
import { otherLanguages } from "../tongues.ts";
import { LONGEST, tagsIn } from "./room-rules.ts";
import { ENTRIES, type RoomRules } from "./types.ts";

const RETENTION_DAYS = [1, 3, 7, 14, 30, 60, 90, 180, 365] as const;
const FIRST_MESSAGES = [0, 1, 2, 3, 5, 10] as const;
const WAIT_MINUTES = [0, 10, 30, 60, 240, 720, 1440] as const;
const SLOW_SECONDS = [0, 10, 30, 60, 120, 300, 600] as const;

class RoomForm extends Part {
  @property({ attribute: false }) rules: RoomRules | undefined;
  @property({ attribute: false }) faults: readonly Fault[] = [];
  /** As it is typed: a comma at the end must be allowed to stand there. */
  @state() private tags: string | undefined;

  protected override render(): TemplateResult {
    const of = this.rules;
    if (!of) return html``;
    return html`<section aria-labelledby="about-heading" @input=${this.#type}>
        <h2 id="about-heading">${t("staff.settings.about-room")}</h2>
        ${textField({ id: "name", ...this.#words("name"), value: of.name })}
        ${textArea({ id: "about", ...this.#words("about"), value: of.about, maxLength: LONGEST.about })}
        ${selectField({ id: "language", ...this.#words("language"), value: of.language, options: languages(of.language), onChange: (language) => this.#tell({ language }) })}
        <div class="topics">${choices({
          id: "topics", ...this.#words("topics"), several: true, chosen: of.topics, optional: true,
          options: TOPICS.map((topic) => ({ value: topic, label: tCode("topic", topic) })),
          onChange: (topic, chosen) => this.#tell({ topics: TOPICS.filter((one) => (one === topic ? chosen : of.topics.includes(one))) }),
        })}</div>
        ${textField({ id: "tags", ...this.#words("tags"), optional: true, value: this.#tagsShown(of.tags) })}
      </section>
      <section aria-labelledby="entry-heading" @input=${this.#type}>
        <h2 id="entry-heading">${t("staff.settings.who")}</h2>
        ${choices({
          id: "audience", ...this.#words("audience"), chosen: [of.audience],
          options: AUDIENCES.map((value) => ({ value, label: t(`staff.settings.audience.${value}`), hint: t(`staff.settings.audience.${value}.hint`) })),
          onChange: (audience) => this.#tell({ audience: audience as RoomRules["audience"] }),
        })}
        ${choices({
          id: "entry", ...this.#words("entry"), chosen: [of.entry],
          options: ENTRIES.map((value) => ({ value, label: t(`staff.settings.entry.${value}`), hint: t(`staff.settings.entry.${value}.hint`) })),
          onChange: (entry) => this.#tell({ entry: entry as RoomRules["entry"] }),
        })}
        ${textField({ id: "capacity", ...this.#words("capacity"), type: "number", inputmode: "numeric", value: Number.isNaN(of.capacity) ? "" : String(of.capacity) })}
      </section>
      <section aria-labelledby="calm-heading" @input=${this.#type}>
        <h2 id="calm-heading">${t("staff.settings.calm")}</h2>
        ${textArea({ id: "guidelines", ...this.#words("guidelines"), value: of.guidelines, maxLength: LONGEST.guidelines })}
        <div class="rules">
          ${this.#select("premoderate_first", of, FIRST_MESSAGES.map((count) => ({ value: String(count), label: count ? t("staff.settings.first", { count }) : t("duration.none") })))}
          ${this.#select("newcomer_wait_minutes", of, durations("minute", WAIT_MINUTES, of.newcomer_wait_minutes))}
          ${this.#select("slow_seconds", of, durations("second", SLOW_SECONDS, of.slow_seconds))}
          ${this.#select("retention_days", of, durations("day", RETENTION_DAYS, of.retention_days))}
        </div>
      </section>`;
  }

  #words<T extends keyof RoomRules>(id: T): { label: string; hint: string; fault: string } {
    return { label: t(`staff.settings.${id}`), hint: t(`staff.settings.${id}.hint`), fault: this.faults.find(({ field }) => field === id)?.words ?? "" };
  }

  #select(id: "premoderate_first" | "newcomer_wait_minutes" | "slow_seconds" | "retention_days", of: RoomRules, options: readonly Option[]): TemplateResult {
    const value = String(of[id]);
    const offered = options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
    return selectField({ id, ...this.#words(id), value, options: offered, onChange: (chosen) => this.#tell({ [id]: Number(chosen) }) });
  }

  #tagsShown(tags: readonly string[]): string {
    const kept = this.tags;
    return kept !== undefined && tagsIn(kept).join() === tags.join() ? kept : tags.join(", ");
  }

  readonly #type = (event: Event): void => {
    const { id, value } = event.target as HTMLInputElement;
    if (id === "name" || id === "about" || id === "guidelines") this.#tell({ [id]: value });
    if (id === "capacity") this.#tell({ capacity: value.trim() ? Number(value) : NaN });
    if (id !== "tags") return;
    this.tags = value;
    this.#tell({ tags: tagsIn(value) });
  };

  #tell(part: Partial<RoomRules>): void {
    this.dispatchEvent(new CustomEvent("rules", { detail: part }));
  }
}

function languages(chosen: string): readonly Option[] {
  return otherLanguages([chosen]).concat({ value: chosen, label: nameOfLanguage(chosen) }).sort((one, other) => one.label.localeCompare(other.label));
}

customElements.define("room-form", RoomForm);

export function roomForm(rules: RoomRules, faults: readonly Fault[], onChange: (part: Partial<RoomRules>) => void): TemplateResult {
  return html`<room-form .rules=${rules} .faults=${faults} @rules=${(event: CustomEvent<Partial<RoomRules>>) => onChange(event.detail)}></room-form>`;
}
