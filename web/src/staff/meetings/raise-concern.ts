/** `<raise-concern appointment="id">`, or with `room` and `member`: somebody on the staff worries about whom they were with. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import { choices, textArea, typed } from "../../parts/field.ts";
import { t } from "../../words/language.ts";
import { Beside } from "./beside.ts";

const LONGEST_NOTE = 1_000;
const LEVELS = ["urgent", "concern"] as const;
type Level = (typeof LEVELS)[number];

class RaiseConcern extends Beside {
  @property() appointment = "";
  @property() room = "";
  @property() member = "";
  @state() private level: Level | "" = "";
  @state() private raised = false;
  readonly #intent = new Intent();

  protected override draw(): TemplateResult {
    if (this.raised) return this.#done();
    return html`<p>${t("concern.text")}</p>
      <form novalidate @submit=${this.#raise}>
        ${choices({
          id: "level", label: t("concern.level"), chosen: [this.level], fault: this.faultOf("level"),
          options: LEVELS.map((value) => ({ value, label: t(`concern.level.${value}`), hint: t(`concern.level.${value}.hint`) })),
          onChange: (level) => (this.level = level as Level),
        })}
        ${textArea({ id: "note", label: t("concern.note"), hint: t("concern.note.hint"), fault: this.faultOf("note"), optional: true, maxLength: LONGEST_NOTE })}
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("concern.raise")}</button></p>
      </form>`;
  }

  #done(): TemplateResult {
    return html`<div class="panel good">
      <p class="concern-raised" tabindex="-1"><strong>${t("concern.raised")}</strong></p>
      ${this.level === "urgent" ? html`<p>${t("concern.now")} <a href="/staff/procedure">${t("emergency.summary")}</a></p>` : ""}
      <p><a href=${this.appointment ? "/staff/messages" : "/staff/moderation"}>${t("concern.list")}</a></p>
      <p><button type="button" class="link" @click=${this.#again}>${t("concern.again")}</button></p>
    </div>`;
  }

  get #address(): string {
    return this.appointment ? `/api/staff/appointments/${this.appointment}/concerns` : `/api/staff/rooms/${this.room}/members/${this.member}/concerns`;
  }

  readonly #again = (): void => {
    this.raised = false;
    this.level = "";
  };

  readonly #raise = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { note = "" } = typed(event.currentTarget as HTMLFormElement);
    if (!this.level) return this.blame({ field: "level", words: t("concern.level.missing") });
    const body = { level: this.level, note };
    if (!(await this.attempt(async () => void (await call("POST", this.#address, { body, intent: this.#intent }))))) return;
    this.raised = true;
    announce(t("concern.raised"));
    await this.updateComplete;
    this.querySelector<HTMLElement>(".concern-raised")?.focus();
  };
}

customElements.define("raise-concern", RaiseConcern);
