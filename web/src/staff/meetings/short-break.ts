/** `<short-break appointment="id" end="instant">`: keeps a quarter of an hour free after a conversation, in the counselor's calendar. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { Problem } from "../../api/problem.ts";
import { staff } from "../../api/sign-in.ts";
import { announce } from "../../frame/announce.ts";
import { clock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { Beside } from "./beside.ts";
import { breakAfter, later, type Stretch } from "./break-rules.ts";

class ShortBreak extends Beside {
  @property() appointment = "";
  /** When the appointment ends. */
  @property() end = "";
  @state() private until = "";
  readonly #intent = new Intent();

  protected override draw(): TemplateResult {
    if (this.until) return html`<p class="panel good">${this.#said}</p>`;
    return html`<p>${t("break.text")}</p>
      <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#keep}>${t("break.button")}</button></p>`;
  }

  get #said(): string {
    return t("break.done", { time: clock(this.until, staff.person?.zone ?? zoneHere()) });
  }

  readonly #keep = async (): Promise<void> => {
    const wanted = breakAfter(this.end, Date.now());
    if (!(await this.attempt(() => this.#block(wanted)))) return;
    this.until = wanted.end;
    announce(this.#said);
  };

  /** The appointment keeps some time after itself free already: what it takes need not be taken again. */
  async #block(wanted: Stretch): Promise<void> {
    for (let left: Stretch | null = wanted; left; left = later(left)) {
      try {
        return await call("POST", "/api/staff/blocks", { body: { ...left, note: "" }, intent: this.#intent });
      } catch (failure) {
        if (!(failure instanceof Problem) || failure.code !== "slot_taken") throw failure;
        const inTheWay = (failure.extra["appointments"] as readonly string[] | undefined) ?? [];
        if (inTheWay.some((id) => id !== this.appointment)) throw new Problem("break_taken", failure.status);
      }
    }
  }
}

customElements.define("short-break", ShortBreak);
