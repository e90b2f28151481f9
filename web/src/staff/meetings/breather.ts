/** After a meeting: whether it was a hard one, and a quarter of an hour in which nobody can book. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { inWords, Problem } from "../../api/problem.ts";
import { staff } from "../../api/sign-in.ts";
import { Part } from "../../frame/part.ts";
import { clock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import type { Block } from "../types.ts";

/** The calendar is made of quarters of an hour. */
const QUARTER_MS = 15 * 60_000;

class CounselorBreather extends Part {
  /** When the appointment was to end: until then the time is taken anyway. */
  @property({ attribute: false }) end = "";
  @state() private kept: Block | null = null;
  @state() private problem = "";
  @state() private busy = false;
  readonly #intent = new Intent();

  protected override render(): TemplateResult {
    return html`<section class="panel" aria-labelledby="breather">
      <h2 id="breather">${t("staff.meet.hard")}</h2>
      <div role="status">${this.kept ? html`<p>${t("staff.meet.hard.kept", { start: this.#clock(this.kept.start), end: this.#clock(this.kept.end) })}</p>` : ""}
        ${this.problem ? html`<p class="fault">${this.problem}</p>` : ""}</div>
      ${this.kept ? "" : html`<p>${t("staff.meet.hard.text")}</p>
        <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#keep}>${t("staff.meet.hard.keep")}</button></p>`}
    </section>`;
  }

  #clock(instant: string): string {
    return clock(instant, staff.person?.zone ?? zoneHere());
  }

  readonly #keep = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.problem = "";
    const first = Math.ceil(Math.max(Date.now(), Date.parse(this.end) || 0) / QUARTER_MS) * QUARTER_MS;
    try {
      // The pause that follows each appointment may have taken the first quarter already.
      this.kept = await this.#block(first).catch((failure: unknown) => {
        if (failure instanceof Problem && failure.code === "slot_taken") return this.#block(first + QUARTER_MS);
        throw failure;
      });
    } catch (failure) {
      this.problem = failure instanceof Problem && failure.code === "slot_taken" ? t("staff.meet.hard.taken") : inWords(failure);
    } finally {
      this.busy = false;
    }
  };

  #block(start: number): Promise<Block> {
    const body = { start: instant(start), end: instant(start + QUARTER_MS), note: "" };
    return call("POST", "/api/staff/blocks", { body, intent: this.#intent });
  }
}

customElements.define("counselor-breather", CounselorBreather);

/** To the second, as the API writes them. */
const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
