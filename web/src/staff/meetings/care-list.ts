/** Whom a facilitator should look after: who said that they are not okay, and who stepped out. Nobody else sees this. */

import { html, nothing, type TemplateResult } from "lit";
import type { Care, Circle } from "../../meetings/circle-types.ts";
import type { Seat } from "../../meetings/types.ts";
import { clock } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import "./raise-concern.ts";

interface Caring {
  readonly circle: Circle;
  readonly seatOf: (id: string) => Seat | undefined;
  readonly room: string;
  readonly zone: string;
  readonly busy: boolean;
  readonly care: (seat: string, kind: "seen" | "followed_up") => void;
}

export function careList(of: Caring): TemplateResult | typeof nothing {
  const { not_okay, following_up } = of.circle;
  if (!not_okay.length && !following_up.length) return nothing;
  return html`<section class="panel ember cares" aria-labelledby="cares">
    <h2 id="cares">${t("staff.circle.care")}</h2>
    <p>${t("staff.circle.care.text")}</p>
    ${not_okay.map((care) => one(of, care, "seen"))}
    ${following_up.map((care) => one(of, care, "followed_up"))}
  </section>`;
}

function one({ seatOf, room, zone, busy, care: done }: Caring, care: Care, kind: "seen" | "followed_up"): TemplateResult | typeof nothing {
  const seat = seatOf(care.seat);
  if (!seat) return nothing;
  const label = t(kind === "seen" ? "staff.circle.care.seen" : "staff.circle.care.followed");
  return html`<div class="care">
    <p><bdi><strong>${seat.name}</strong></bdi> ${t(kind === "seen" ? "staff.circle.care.not-okay" : "staff.circle.care.out", { time: clock(care.at, zone) })}</p>
    ${care.done
      ? html`<p class="quiet-words">${t("staff.circle.care.done")}</p>`
      : html`<p><button type="button" class="button" aria-disabled=${busy} aria-label="${label}: ${seat.name}" @click=${() => done(care.seat, kind)}>${label}</button></p>`}
    ${seat.role === "member" ? html`<details><summary>${t("staff.circle.care.concern")}</summary><raise-concern room=${room} member=${seat.member_id}></raise-concern></details>` : nothing}
  </div>`;
}
