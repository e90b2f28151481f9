/** Who is in a circle, in the order of talking. */

import { html, nothing, type TemplateResult } from "lit";
import { avatar } from "../rooms/avatar.ts";
import { t } from "../words/language.ts";
import type { Circle } from "./circle-types.ts";
import type { Seat } from "./types.ts";

/** `acts`: what can be done about somebody. */
export function orderList(circle: Circle, seatOf: (id: string) => Seat | undefined, acts: (seat: Seat) => unknown = () => nothing): TemplateResult {
  const seats = circle.order.map(seatOf).filter((seat): seat is Seat => seat !== undefined);
  const out = circle.stepped_out.map(seatOf).filter((seat): seat is Seat => seat !== undefined);
  return html`<section class="talking-order" aria-labelledby="order">
    <h2 id="order">${t("circle.order")}</h2>
    <ol>${seats.map((seat) => html`<li class=${circle.speaker === seat.id ? "speaks" : ""}>${person(seat)} ${marks(circle, seat)} ${acts(seat)}</li>`)}</ol>
    ${out.length ? html`<p class="quiet-words">${t("circle.order.out")} ${out.map((seat) => html`<bdi>${seat.name}</bdi> `)}</p>` : nothing}
  </section>`;
}

function person(seat: Seat): TemplateResult {
  return html`${avatar(seat.member_id)} <bdi class="tile-name">${seat.name}</bdi>${seat.role === "facilitator" ? html` <span class="quiet-words">${t("circle.role.facilitator")}</span>` : nothing}`;
}

function marks({ speaker, hands, passed }: Circle, { id }: Seat): TemplateResult {
  const words = [
    ...(speaker === id ? [t("circle.mark.speaks")] : []),
    ...(hands.includes(id) ? [t("circle.mark.hand.place", { place: hands.indexOf(id) + 1 })] : []),
    ...(passed.includes(id) ? [t("circle.mark.passed")] : []),
  ];
  return html`${words.map((word) => html`<span class="tag">${word}</span> `)}`;
}
