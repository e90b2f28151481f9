/** A group room's conversation, with what its facilitators can do about a message. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import "../../rooms/talk.ts";
import type { Message, Room } from "../../rooms/types.ts";
import { t } from "../../words/language.ts";
import { asked } from "./ask.ts";
import { messageInAddress } from "./message-in-address.ts";
import { RoomPage } from "./room-page.ts";

const LONGEST_REASON = 300;

class StaffTalkPage extends RoomPage {
  protected override render(): TemplateResult {
    return html`${this.top(t("staff.talk.heading"))}
      ${this.room.render((room) => html`
        ${room.waiting ? html`<p class="notice"><a href="/staff/moderation">${t("staff.rooms.waiting", { count: room.waiting })}</a></p>` : nothing}
        ${room.closed && !room.circle_on ? nothing : html`<p>${room.circle_on ? t("room.circle.on") : nothing} <a class="tall" href="/staff/rooms/${room.id}/circle">${t("room.circle")}</a></p>`}
        <div class="talk-page"><room-talk .prefix=${"/api/staff"} .room=${room} .at=${messageInAddress()} .actions=${this.#actions} @room-changed=${this.#changed} @room-gone=${() => void this.room.load()}></room-talk></div>`)}`;
  }

  readonly #actions = (of: Message): unknown => {
    const people = `/staff/rooms/${this.params["id"]}/members/${of.author.id}/${of.seq}`;
    return html`${of.state === "posted" ? html`<button type="button" class="button quiet small" @click=${() => void this.#redact(of)}>${t("staff.talk.redact")}</button>` : nothing}
      ${of.author.role === "member" && !of.mine ? html`<a class="button quiet small" href=${people}>${t("staff.talk.decide", { handle: of.author.handle })}</a>` : nothing}`;
  };

  async #redact({ seq, text, author }: Message): Promise<void> {
    const intent = new Intent();
    const done = await asked({
      heading: t("staff.talk.redact.heading", { handle: author.handle }), text: t("staff.talk.redact.text"), quote: text, label: t("staff.talk.redact.reason"), hint: t("staff.talk.redact.hint"),
      yes: t("staff.talk.redact.yes"), longest: LONGEST_REASON, grave: true,
    }, async (reason) => {
      await call("POST", `${this.api}/messages/${seq}/redact`, { body: { reason }, intent });
    });
    if (done) announce(t("staff.talk.redacted"));
  }

  /** The conversation knows less of the room than the staff does. */
  readonly #changed = ({ detail }: CustomEvent<Room>): void => {
    const room = this.room.value;
    if (room) this.room.set({ ...room, ...detail });
  };
}

customElements.define("staff-talk-page", StaffTalkPage);
