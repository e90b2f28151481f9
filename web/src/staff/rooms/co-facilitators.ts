/** Who runs a room together. Fires "room" with the room when that changed. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { inWords } from "../../api/problem.ts";
import { announce } from "../../frame/announce.ts";
import { Part } from "../../frame/part.ts";
import { choices } from "../../parts/field.ts";
import { Fetched } from "../../parts/fetched.ts";
import { t } from "../../words/language.ts";
import { facilitators } from "./colleagues.ts";
import type { Colleague, StaffRoomDetail } from "./types.ts";

class CoFacilitators extends Part {
  @property({ attribute: false }) room: StaffRoomDetail | undefined;
  @state() private chosen: readonly string[] | null = null;
  @state() private fault = "";
  @state() private said = "";
  @state() private busy = false;
  readonly #people = new Fetched<readonly Colleague[]>(this, facilitators);
  readonly #intent = new Intent();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#people.load();
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="run-heading">
      <h2 id="run-heading">${t("staff.facilitators.heading")}</h2>
      ${this.#people.render((people) => html`<form novalidate @submit=${this.#save}>
        ${choices({
          id: "facilitators", label: t("staff.facilitators"), hint: t("staff.facilitators.hint"), several: true, chosen: this.#ids, fault: this.fault,
          options: people.map(({ id, name }) => ({ value: id, label: name })),
          onChange: (id, chosen) => this.#choose(id, chosen),
        })}
        <p class="actions"><button class="button quiet" aria-disabled=${this.busy}>${t("staff.facilitators.save")}</button> <span class="save-state">${this.said}</span></p>
      </form>`)}
    </section>`;
  }

  get #ids(): readonly string[] {
    return this.chosen ?? this.room?.facilitator_ids ?? [];
  }

  #choose(id: string, chosen: boolean): void {
    this.chosen = chosen ? [...this.#ids, id] : this.#ids.filter((one) => one !== id);
    this.said = this.fault = "";
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.room) return;
    this.fault = this.#ids.length ? "" : t("staff.facilitators.missing");
    if (this.fault) return void (await this.updateComplete.then(() => this.querySelector("input")?.focus()));
    this.busy = true;
    try {
      const room = await call<StaffRoomDetail>("PUT", `/api/staff/rooms/${this.room.id}/facilitators`, { body: { ids: this.#ids }, intent: this.#intent });
      this.chosen = null;
      this.said = t("staff.facilitators.saved");
      announce(this.said);
      this.dispatchEvent(new CustomEvent("room", { detail: room }));
    } catch (failure) {
      this.fault = inWords(failure);
      announce(this.fault);
    } finally {
      this.busy = false;
    }
  };
}

customElements.define("co-facilitators", CoFacilitators);

export function coFacilitators(room: StaffRoomDetail, onChange: (room: StaffRoomDetail) => void): TemplateResult {
  return html`<co-facilitators .room=${room} @room=${(event: CustomEvent<StaffRoomDetail>) => onChange(event.detail)}></co-facilitators>`;
}
