/** The base of the pages about one group room: its name above the heading, the way between its pages under it. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { staff } from "../../api/sign-in.ts";
import { Page } from "../../frame/page.ts";
import { Fetched } from "../../parts/fetched.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import type { StaffRoomDetail } from "./types.ts";

const PLACES = [["", "talk"], ["/members", "members"], ["/rota", "rota"], ["/gatherings", "gatherings"], ["/settings", "settings"]] as const;

export abstract class RoomPage extends Page {
  protected readonly room = new Fetched<StaffRoomDetail>(this, () => call("GET", this.api));

  override opened(): void {
    this.faults = [];
    if (this.room.value?.id !== this.params["id"]) this.room.clear();
    void this.room.load();
  }

  /** Where the API keeps this room. */
  protected get api(): string {
    return `/api/staff/rooms/${this.params["id"]}`;
  }

  protected get zone(): string {
    return staff.person?.zone ?? zoneHere();
  }

  /** Heading and ways, which stand there before the room is known. */
  protected top(heading: string, room = this.room.value): TemplateResult {
    const address = `/staff/rooms/${this.params["id"]}`;
    return html`${this.summary()}
      <p class="step"><a class="tall" href="/staff/rooms">${t("staff.nav.rooms")}</a>${room ? html` · <bdi>${room.name}</bdi>` : nothing}</p>
      ${this.heading(heading)}
      <nav class="room-nav" aria-label=${t("staff.room.nav")}><ul>
        ${PLACES.map(([path, name]) => html`<li>
          <a href="${address}${path}" aria-current=${location.pathname === address + path ? "page" : nothing}>${t(`staff.room.nav.${name}`)}</a>
        </li>`)}
      </ul></nav>
      ${room?.closed ? html`<p class="notice">${t("staff.room.closed.notice")}</p>` : nothing}`;
  }
}
