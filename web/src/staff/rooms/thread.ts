/** A counselor's conversation with one client, and handing it over to a colleague. */

import { html, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Page } from "../../frame/page.ts";
import { Fetched } from "../../parts/fetched.ts";
import "../../rooms/talk.ts";
import { t } from "../../words/language.ts";
import { handover } from "./handover.ts";
import { messageInAddress } from "./message-in-address.ts";
import type { StaffRoomDetail } from "./types.ts";

class ThreadPage extends Page {
  readonly #room = new Fetched<StaffRoomDetail>(this, () => call("GET", `/api/staff/rooms/${this.params["id"]}`));

  override opened(): void {
    this.faults = [];
    if (this.#room.value?.id !== this.params["id"]) this.#room.clear();
    void this.#room.load();
  }

  protected override render(): TemplateResult {
    const name = this.#room.value?.name;
    return html`${this.summary()}
      <p class="step"><a class="tall" href="/staff/messages">${t("staff.messages.back")}</a></p>
      ${this.heading(name ? t("staff.messages.with", { name }) : t("staff.messages.heading"))}
      ${this.#room.render((room) => html`
        <div class="talk-page"><room-talk .prefix=${"/api/staff"} .room=${room} .at=${messageInAddress()} @room-changed=${(event: CustomEvent<StaffRoomDetail>) => this.#changed(event.detail)} @room-gone=${() => void this.#room.load()}></room-talk></div>
        ${handover(room, (next) => this.#changed(next))}`)}`;
  }

  /** The conversation knows less of the room than the staff does. */
  #changed(part: Partial<StaffRoomDetail>): void {
    const room = this.#room.value;
    if (room) this.#room.set({ ...room, ...part });
  }
}

customElements.define("staff-thread-page", ThreadPage);
