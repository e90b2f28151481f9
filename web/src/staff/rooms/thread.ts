/** A counselor's conversation with one client, and handing it over to a colleague. */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { announce } from "../../frame/announce.ts";
import { Page } from "../../frame/page.ts";
import { Fetched } from "../../parts/fetched.ts";
import "../../rooms/talk.ts";
import { t } from "../../words/language.ts";
import { handover } from "./handover.ts";
import { messageInAddress } from "./message-in-address.ts";
import type { StaffRoomDetail } from "./types.ts";

class ThreadPage extends Page {
  /** The client went on with a colleague while this was open. */
  @state() private gone = false;
  readonly #room = new Fetched<StaffRoomDetail>(this, () => call("GET", `/api/staff/rooms/${this.params["id"]}`));

  override opened(): void {
    this.faults = [];
    this.gone = false;
    if (this.#room.value?.id !== this.params["id"]) this.#room.clear();
    void this.#room.load();
  }

  protected override render(): TemplateResult {
    const name = this.#room.value?.name;
    return html`${this.summary()}
      <p class="step"><a class="tall" href="/staff/messages">${t("staff.messages.back")}</a></p>
      ${this.heading(name ? t("staff.messages.with", { name }) : t("staff.messages.heading"))}
      ${this.gone ? html`<p class="panel">${t("staff.messages.gone")}</p>` : this.#room.render((room) => html`
        <div class="talk-page"><room-talk .prefix=${"/api/staff"} .room=${room} .at=${messageInAddress()} @room-changed=${(event: CustomEvent<StaffRoomDetail>) => this.#changed(event.detail)} @room-gone=${() => this.#left()}></room-talk></div>
        ${handover(room, (next) => this.#changed(next))}`)}`;
  }

  #left(): void {
    this.gone = true;
    announce(t("staff.messages.gone"));
    void this.readFromHeading();
  }

  /** The conversation knows less of the room than the staff does. */
  #changed(part: Partial<StaffRoomDetail>): void {
    const room = this.#room.value;
    if (room) this.#room.set({ ...room, ...part });
  }
}

customElements.define("staff-thread-page", ThreadPage);
