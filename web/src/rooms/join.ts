/** The way into a room: a handle for this room, its guidelines, one's age. Fires "joined" with the room. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { type Fault, Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { textArea, typed } from "../parts/field.ts";
import { t } from "../words/language.ts";
import { avatar } from "./avatar.ts";
import type { Room } from "./types.ts";

const MOST_NOTE = 300;
interface Offer {
  readonly handles: readonly string[];
  readonly member_id: string;
}

class RoomJoin extends Page {
  @property({ attribute: false }) room!: Room;
  /** The token of an invitation, for rooms that need one. */
  @property({ attribute: false }) invitation = "";
  @state() private chosen = "";
  readonly #intent = new Intent();
  readonly #offer = new Fetched<Offer>(this, () => this.#ask());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("room") && changed.get("room")?.id !== this.room.id) void this.#offer.load();
  }

  protected override render(): TemplateResult {
    const asks = this.room.entry === "request";
    return html`<section class="join" aria-labelledby="join">
      <h2 id="join">${t(asks ? "join.heading.request" : "join.heading")}</h2>
      ${this.summary()}
      <form novalidate @submit=${this.#join}>
        ${this.#offer.render(({ handles, member_id }) => this.#handles(handles, member_id))}
        ${this.room.audience === "everyone" ? nothing : this.#tick("of_age", t(this.room.audience === "adults" ? "join.adult" : "join.young"))}
        ${this.#tick("guidelines_version", t("join.guidelines"))}
        ${asks ? textArea({ id: "note", label: t("join.note"), hint: t("join.note.hint"), optional: true, maxLength: MOST_NOTE }) : nothing}
        <p class="quiet-words">${t("join.sees")}</p>
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t(asks ? "join.ask" : "join.button")}</button></p>
      </form>
    </section>`;
  }

  #handles(handles: readonly string[], memberId: string): TemplateResult {
    const fault = this.faultOf("handle");
    return html`<fieldset class="field ${fault ? "at-fault" : ""}">
      <legend class="large">${t("join.handle")}</legend>
      <span class="hint">${t("join.handle.hint")}</span>
      ${fault ? html`<span class="fault" id="handle-fault">${fault}</span>` : nothing}
      <div class="with-avatar">${avatar(memberId)}<span class="quiet-words">${t("join.avatar")}</span></div>
      <div class="choices">${handles.map((name, at) => html`<label class="choice">
        <input type="radio" id=${at ? `handle-${at}` : "handle"} name="handle" value=${name} .checked=${this.chosen === name} @change=${() => (this.chosen = name)}>
        <span><bdi dir="ltr">${name}</bdi></span>
      </label>`)}</div>
      ${handles.length > 1 ? html`<button type="button" class="link" @click=${this.#others}>${t("join.others")}</button>` : nothing}
    </fieldset>`;
  }

  #tick(name: string, words: string): TemplateResult {
    const fault = this.faultOf(name);
    return html`<div class="field ${fault ? "at-fault" : ""}">
      ${fault ? html`<span class="fault" id="${name}-fault">${fault}</span>` : nothing}
      <div class="choices"><label class="choice"><input type="checkbox" id=${name} name=${name} value="yes" aria-describedby=${fault ? `${name}-fault` : nothing}><span>${words}</span></label></div>
    </div>`;
  }

  readonly #others = async (): Promise<void> => {
    this.chosen = "";
    await this.#offer.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#handle")?.focus();
  };

  async #ask(): Promise<Offer> {
    // No GET: an invitation may not stand in an address.
    const body = this.invitation ? { invitation: this.invitation } : {};
    const offer = await call<Offer>("POST", `/api/rooms/${this.room.id}/handles`, { body });
    // Whoever was here before has their old name and no choice.
    if (offer.handles.length === 1) this.chosen = offer.handles[0] ?? "";
    return offer;
  }

  readonly #join = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { handle = "", of_age, guidelines_version, note = "" } = typed(event.currentTarget as HTMLFormElement);
    const { audience, guidelines_version: version, id } = this.room;
    const faults: Fault[] = [];
    if (!handle) faults.push({ field: "handle", words: t("join.handle.missing") });
    if (audience !== "everyone" && !of_age) faults.push({ field: "of_age", words: t(audience === "adults" ? "join.adult.missing" : "join.young.missing") });
    if (!guidelines_version) faults.push({ field: "guidelines_version", words: t("join.guidelines.missing") });
    if (faults.length) return this.blame(...faults);
    await this.attempt(async () => {
      const body = { handle, guidelines_version: version, of_age: true, ...(note ? { note } : {}), ...(this.invitation ? { invitation: this.invitation } : {}) };
      try {
        const room = await call<Room>("POST", `/api/rooms/${id}/membership`, { body, intent: this.#intent });
        this.dispatchEvent(new CustomEvent<Room>("joined", { detail: room }));
      } catch (failure) {
        if (failure instanceof Problem && failure.code === "handle_taken") await this.#others();
        // What is shown is no longer so: other guidelines, full, closed.
        else if (failure instanceof Problem && failure.status === 409) this.dispatchEvent(new Event("room-outdated"));
        throw failure;
      }
    });
  };
}

customElements.define("room-join", RoomJoin);
