/** Asking a client whether a colleague may go on in the counselor's place. Fires "room" with what changed. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { inWords } from "../../api/problem.ts";
import { announce } from "../../frame/announce.ts";
import { Part } from "../../frame/part.ts";
import { Fetched } from "../../parts/fetched.ts";
import { selectField, textArea, typed } from "../../parts/field.ts";
import type { Room } from "../../rooms/types.ts";
import { t } from "../../words/language.ts";
import { successors } from "./colleagues.ts";
import type { Colleague, StaffRoomDetail } from "./types.ts";

const LONGEST_REASON = 300;

class StaffHandover extends Part {
  @property({ attribute: false }) room: StaffRoomDetail | undefined;
  @state() private open = false;
  @state() private faults: Readonly<Record<string, string>> = {};
  @state() private failure = "";
  @state() private busy = false;
  readonly #people = new Fetched<readonly Colleague[]>(this, () => successors(this.room?.id ?? ""));
  readonly #intent = new Intent();

  protected override render(): TemplateResult {
    const asked = this.room?.handover;
    return html`<section class="handover" aria-labelledby="handover-heading">
      <h2 id="handover-heading">${t("staff.handover.heading")}</h2>
      ${this.failure ? html`<p class="fault" role="alert">${this.failure}</p>` : ""}
      ${asked
        ? html`<p>${t("staff.handover.waiting", { name: asked.to_name })} <span class="typed">${asked.reason}</span></p>
          <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#takeBack}>${t("staff.handover.back")}</button></p>`
        : html`<p>${t("staff.handover.text")}</p>
          ${this.open ? this.#people.render((people) => this.#form(people)) : html`<p><button type="button" class="button quiet" @click=${this.#begin}>${t("staff.handover.begin")}</button></p>`}`}
    </section>`;
  }

  #form(people: readonly Colleague[]): TemplateResult {
    if (!people.length) return html`<p class="panel">${t("staff.handover.nobody")}</p>`;
    return html`<form novalidate @submit=${this.#ask}>
      ${selectField({
        id: "to", label: t("staff.handover.to"), fault: this.faults["to"] ?? "", value: "",
        options: [{ value: "", label: t("staff.handover.choose") }, ...people.map(({ id, name }) => ({ value: id, label: name }))],
      })}
      ${textArea({ id: "reason", label: t("staff.handover.reason"), hint: t("staff.handover.reason.hint"), fault: this.faults["reason"] ?? "", maxLength: LONGEST_REASON })}
      <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("staff.handover.yes")}</button>
        <button type="button" class="button quiet" @click=${() => (this.open = false)}>${t("cancel")}</button></p>
    </form>`;
  }

  readonly #begin = async (): Promise<void> => {
    this.open = true;
    await this.#people.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>("select")?.focus();
  };

  readonly #ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { to = "", reason = "" } = typed(event.currentTarget as HTMLFormElement);
    this.faults = { ...(to ? {} : { to: t("staff.handover.to.missing") }), ...(reason ? {} : { reason: t("staff.handover.reason.missing") }) };
    const [first] = Object.keys(this.faults);
    if (first) return void (await this.updateComplete.then(() => this.querySelector<HTMLElement>(`#${first}`)?.focus()));
    await this.#attempt(async () => {
      this.#tell(await call<Room>("POST", this.#address, { body: { to, reason }, intent: this.#intent }), "staff.handover.done");
      this.open = false;
    });
  };

  readonly #takeBack = (): Promise<void> => this.#attempt(async () => {
    await call("DELETE", this.#address, { intent: this.#intent });
    this.#tell({ handover: null }, "staff.handover.taken-back");
  });

  #tell(room: Partial<Room>, said: "staff.handover.done" | "staff.handover.taken-back"): void {
    this.dispatchEvent(new CustomEvent("room", { detail: room }));
    announce(t(said));
  }

  get #address(): string {
    return `/api/staff/rooms/${this.room?.id}/handover`;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = "";
    try {
      await work();
    } catch (failure) {
      this.failure = inWords(failure);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("staff-handover", StaffHandover);

export function handover(room: StaffRoomDetail, onChange: (part: Partial<StaffRoomDetail>) => void): TemplateResult {
  return html`<staff-handover .room=${room} @room=${(event: CustomEvent<Partial<StaffRoomDetail>>) => onChange(event.detail)}></staff-handover>`;
}
