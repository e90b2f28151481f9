/**
 * `<who-waits>`: on the pages about appointments, says who is in the waiting room just now. Asks around the times of
 * appointments alone, every half minute, and at once when the socket tells that a meeting has changed.
 */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { liveOf } from "../../api/live-here.ts";
import { later, Timers } from "../../api/timers.ts";
import { staff } from "../../api/sign-in.ts";
import { Part } from "../../frame/part.ts";
import { isNear } from "../../meetings/near.ts";
import type { Meeting } from "../../meetings/types.ts";
import { clock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { needWords, t } from "../../words/language.ts";
import type { StaffAppointment } from "../types.ts";

const EVERY_MS = 30_000;

class WhoWaits extends Part {
  @property({ attribute: false }) appointments: readonly StaffAppointment[] = [];
  /** The meetings in which somebody waits. */
  @state() private waiting: readonly Meeting[] = [];
  @state() private ready = false;
  #looked = "";
  readonly #timers = new Timers<"look">(later);
  readonly #attended = new Map<string, () => void>();

  override connectedCallback(): void {
    super.connectedCallback();
    void needWords(["staff-meetings"]).then(() => (this.ready = true));
    if (this.#looked) void this.#look();
  }

  override disconnectedCallback(): void {
    this.#timers.clear();
    for (const end of this.#attended.values()) end();
    this.#attended.clear();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const asked = this.appointments.map(({ id, status }) => `${id} ${status}`).join();
    if (changed.has("appointments") && asked !== this.#looked) void this.#look();
    this.#looked = asked;
  }

  protected override render(): TemplateResult {
    const zone = staff.person?.zone ?? zoneHere();
    const guests = this.ready ? this.waiting.flatMap((meeting) => meeting.others.filter(isThere).map((seat) => ({ meeting, seat }))) : [];
    return html`<div role="status">${guests.map(({ meeting, seat }) => html`<div class="panel good">
      <p><strong>${t("staff.meet.waits.since", { name: seat.name, time: clock(seat.arrived_at, zone) })}</strong></p>
      <p><a class="button" href="/staff/appointments/${meeting.of}/meet">${t("staff.meet.join")}</a></p>
    </div>`)}</div>`;
  }

  async #look(): Promise<void> {
    this.#timers.in("look", EVERY_MS, () => void this.#look());
    const near = this.appointments.filter((appointment) => isNear(appointment));
    const found = await Promise.all(near.map(({ id }) => call<Meeting>("GET", `/api/staff/appointments/${id}/meeting`).catch(() => null)));
    if (!this.isConnected) return;
    const meetings = found.filter((meeting) => meeting !== null);
    for (const { id } of meetings) if (!this.#attended.has(id)) this.#attended.set(id, liveOf("/api/staff").attend(id, () => void this.#look()));
    this.waiting = meetings.filter(({ others, ended_at }) => !ended_at && others.some(isThere));
  }
}

const isThere = ({ status, present }: Meeting["others"][number]): boolean => status === "waiting" && present;

customElements.define("who-waits", WhoWaits);
