/** A facilitator in the circle of a room: opening it, letting people in, whose turn it is, looking after people, its end. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import { CirclePage } from "../../meetings/circle-page.ts";
import type { Circle } from "../../meetings/circle-types.ts";
import { orderList } from "../../meetings/order-list.ts";
import { movedBy } from "../../meetings/turns.ts";
import type { Meeting, Seat } from "../../meetings/types.ts";
import { confirmed } from "../../parts/confirm.ts";
import { clock } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import { careList } from "./care-list.ts";

const MINUTES = [0, 1, 2, 3, 5, 10] as const;

class StaffCirclePage extends CirclePage {
  protected readonly side = "/api/staff";
  readonly #hosting = new Intent();
  #waits = "";
  #worries = 0;

  protected override updated(): void {
    super.updated();
    const waits = this.#guests.map(({ name }) => name).join();
    if (waits && waits !== this.#waits) announce(t("staff.circle.waits", { name: waits }));
    this.#waits = waits;
    const worries = this.circle?.not_okay.filter(({ done }) => !done).length ?? 0;
    if (worries > this.#worries) announce(t("staff.circle.worry"));
    this.#worries = worries;
  }

  protected lobby(meeting: Meeting | null): TemplateResult {
    return html`<p class="lead">${t(meeting ? "staff.circle.on" : "staff.circle.open")}</p>
      ${meeting ? nothing : html`<p>${t("staff.circle.open.text")}</p>`}
      ${this.deviceCheck()}`;
  }

  protected beside(meeting: Meeting, circle: Circle): TemplateResult {
    return html`${careList({ circle, seatOf: this.seatOf, room: this.params["id"] ?? "", zone: this.zone, busy: this.busy, care: (seat, kind) => void this.#host(meeting, `seats/${seat}/care`, { kind }) })}
      ${this.#waiting(meeting)}
      ${orderList(circle, this.seatOf, (seat) => this.#about(meeting, circle, seat))}`;
  }

  protected acts(circle: Circle, you: Seat): TemplateResult {
    const meeting = this.attendance!.meeting!;
    const speaks = circle.speaker === you.id;
    const give = (seat: string | null) => () => void this.#host(meeting, "turns", { seat });
    return html`
      ${circle.next ? html`<button type="button" class="button" aria-disabled=${this.busy} @click=${give(circle.next)}>${t("staff.circle.next", { name: this.nameOf(circle.next) })}</button>` : nothing}
      ${circle.speaker ? html`<button type="button" class="button quiet" aria-disabled=${this.busy} @click=${give(null)}>${t("staff.circle.nobody")}</button>` : nothing}
      ${speaks ? nothing : html`<button type="button" class="button quiet" aria-disabled=${this.busy} @click=${give(you.id)}>${t("staff.circle.speak")}</button>`}
      <label class="turn-time">${t("staff.circle.time")}
        <select @change=${(event: Event) => void this.#host(meeting, "turns", { seconds: Number((event.target as HTMLSelectElement).value) * 60 })}>
          ${MINUTES.map((count) => html`<option value=${count} .selected=${circle.turn_seconds === count * 60}>${count ? t("staff.circle.minutes", { count }) : t("staff.circle.no-time")}</option>`)}
        </select></label>
      <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => void this.stepOut()}>${t("circle.out")}</button>
      <button type="button" class="button grave" aria-disabled=${this.busy} @click=${() => void this.#end(meeting)}>${t("staff.circle.end")}</button>`;
  }

  protected afterwards(stage: "ended" | "left", meeting: Meeting): TemplateResult {
    return html`<p class="lead">${t(stage === "ended" ? "staff.circle.ended" : "staff.circle.left")}</p>
      ${stage === "left" ? html`<p class="actions">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.left.again")}</button>
        <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => void this.#end(meeting)}>${t("staff.circle.end")}</button></p>` : nothing}
      ${meeting.circle ? careList({ circle: meeting.circle, seatOf: this.seatOf, room: this.params["id"] ?? "", zone: this.zone, busy: this.busy, care: (seat, kind) => void this.#host(meeting, `seats/${seat}/care`, { kind }) }) : nothing}`;
  }

  get #guests(): readonly Seat[] {
    return this.attendance?.waiting ?? [];
  }

  #waiting(meeting: Meeting): TemplateResult | typeof nothing {
    const guests = this.#guests;
    if (!guests.length) return nothing;
    return html`<section class="panel good waits" aria-labelledby="waits">
      <h2 id="waits">${t("staff.circle.waiting", { count: guests.length })}</h2>
      ${guests.length > 1 ? html`<p><button type="button" class="button" aria-disabled=${this.busy} @click=${() => void this.#host(meeting, "admissions", {})}>${t("staff.circle.admit.all")}</button></p>` : nothing}
      ${guests.map((seat) => html`<div class="guest">
        <p><bdi><strong>${seat.name}</strong></bdi> ${t("staff.circle.since", { time: clock(seat.arrived_at, this.zone) })}</p>
        <p class="actions">
          <button type="button" class="button ${guests.length > 1 ? "quiet" : ""}" aria-disabled=${this.busy} aria-label="${t("staff.circle.admit")}: ${seat.name}" @click=${() => void this.#admit(meeting, seat, true)}>${t("staff.circle.admit")}</button>
          <button type="button" class="button quiet" aria-disabled=${this.busy} aria-label="${t("staff.circle.decline")}: ${seat.name}" @click=${() => void this.#admit(meeting, seat, false)}>${t("staff.circle.decline")}</button>
        </p></div>`)}
    </section>`;
  }

  /** What can be done about somebody in the order; each button says about whom. */
  #about(meeting: Meeting, circle: Circle, seat: Seat): TemplateResult {
    const button = (key: Parameters<typeof t>[0], press: () => void) =>
      html`<button type="button" class="button quiet small" aria-disabled=${this.busy} aria-label="${t(key)}: ${seat.name}" @click=${press}>${t(key)}</button>`;
    const moved = (by: -1 | 1) => movedBy(circle.order, seat.id, by);
    const [up, down] = [moved(-1), moved(1)];
    return html`<span class="acts">
      ${circle.speaker === seat.id ? nothing : button("staff.circle.give", () => void this.#host(meeting, "turns", { seat: seat.id }))}
      ${up ? button("staff.circle.up", () => void this.#host(meeting, "turns", { order: up })) : nothing}
      ${down ? button("staff.circle.down", () => void this.#host(meeting, "turns", { order: down })) : nothing}
      ${seat.role === "member" ? button("staff.circle.remove", () => void this.#remove(meeting, seat)) : nothing}
    </span>`;
  }

  async #admit(meeting: Meeting, seat: Seat, admit: boolean): Promise<void> {
    const done = await this.#host(meeting, `seats/${seat.id}/admission`, { admit });
    if (done) announce(t(admit ? "staff.circle.admitted" : "staff.circle.declined", { name: seat.name }));
  }

  async #remove(meeting: Meeting, seat: Seat): Promise<void> {
    const sure = await confirmed({ heading: t("staff.circle.remove.ask", { name: seat.name }), text: t("staff.circle.remove.text"), yes: t("staff.circle.remove.yes"), no: t("cancel") });
    if (sure && (await this.#host(meeting, `seats/${seat.id}/removal`, {}))) announce(t("staff.circle.removed", { name: seat.name }));
  }

  async #end(meeting: Meeting): Promise<void> {
    const sure = await confirmed({ heading: t("staff.circle.end.ask"), text: t("staff.circle.end.text"), yes: t("staff.circle.end"), no: t("cancel") });
    if (sure) await this.#host(meeting, "end", {});
  }

  #host(meeting: Meeting, what: string, body: object): Promise<boolean> {
    return this.attempt(async () => this.attendance!.is(await call<Meeting>("POST", `/api/staff/meetings/${meeting.id}/${what}`, { body, intent: this.#hosting })));
  }

  /** Without a facilitator it ends after a while: whoever leaves should know. */
  protected override async hangUp(): Promise<void> {
    if (this.attendance!.together.length) {
      const sure = await confirmed({ heading: t("staff.circle.leave.ask"), text: t("staff.circle.leave.text"), yes: t("meet.leave.yes"), no: t("meet.leave.no") });
      if (!sure) return;
    }
    await super.hangUp();
  }
}

customElements.define("staff-circle-page", StaffCirclePage);
