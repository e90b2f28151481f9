/**
 * The conversation in a room: its messages, and writing one. For members and, with the prefix "/api/staff", for the staff.
 *
 * Fires "room-changed" with the room as it is now (its mode, the reader's standing), and "room-gone" when it is no longer
 * theirs to see. Needs the words "rooms" and the style sheet "rooms".
 */

import { html, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { Part } from "../frame/part.ts";
import type { Message, Room } from "./types.ts";

export class RoomTalk extends Part {
  @property({ attribute: false }) override prefix: "/api" | "/api/staff" = "/api";
  @property({ attribute: false }) room!: Room;
  /** What else can be done with a message, drawn at the end of its actions. */
  @property({ attribute: false }) actions: (message: Message) => unknown = () => "";

  protected override render(): TemplateResult {
    return html``;
  }
}

customElements.define("room-talk", RoomTalk);

declare global {
  interface HTMLElementTagNameMap {
    "room-talk": RoomTalk;
  }
}
