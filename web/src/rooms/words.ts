/** The words about rooms that several pages share. */

import { html, nothing, type TemplateResult } from "lit";
import { inWords, Problem } from "../api/problem.ts";
import { member, staff } from "../api/sign-in.ts";
import { clock, dateIn, dayAndClock } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { locale, t, tCode } from "../words/language.ts";
import { pieces } from "./links.ts";
import type { RoomMode } from "./types.ts";

/** The zone in which whoever reads this reads times. */
export function zoneOf(prefix: "/api" | "/api/staff"): string {
  return (prefix === "/api" ? member.person?.zone : staff.person?.zone) ?? zoneHere();
}

/** "21:00" today, "Wed 25 Nov, 21:00" on another day. */
export function soon(instant: string, zone: string): string {
  return dateIn(zone, instant) === dateIn(zone) ? clock(instant, zone) : dayAndClock(instant, zone);
}

/** Plain words for a failure, where a room means something else by a code than the rest of the site. */
export function roomProblem(failure: unknown): string {
  return failure instanceof Problem && failure.code === "too_late" ? t("talk.too-late") : inWords(failure);
}

/** What someone wrote, as text: addresses become links, and nothing else becomes anything. */
export function written(text: string): TemplateResult {
  return html`<p class="written" dir="auto">${pieces(text).map((piece) => typeof piece === "string"
    ? piece
    : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.text}</a>`)}</p>`;
}

/** Whether a facilitator is there, in a few words. */
export function modeInWords({ mode, until, next_live_at }: RoomMode, zone: string): string {
  if (mode === "live") return until ? t("room.mode.live.until", { when: soon(until, zone) }) : t("room.mode.live");
  if (!next_live_at) return t(mode === "slow" ? "room.mode.slow" : "room.mode.resting");
  return t(mode === "slow" ? "room.mode.slow.next" : "room.mode.resting.next", { when: soon(next_live_at, zone) });
}

export function badge(mode: RoomMode["mode"]): TemplateResult {
  return html`<span class="badge ${mode}">${t(mode === "live" ? "room.badge.live" : mode === "slow" ? "room.badge.slow" : "room.badge.resting")}</span>`;
}

/** A name, kept whole where the text around it runs the other way. */
export function handle(name: string): TemplateResult {
  return html`<bdi dir="auto">${name}</bdi>`;
}

export function unreadMark(count: number): TemplateResult | typeof nothing {
  return count ? html`<span class="unread">${t("nav.unread", { count })}</span>` : nothing;
}

export function topicsOf({ topics }: { readonly topics: readonly string[] }): string {
  return new Intl.ListFormat(locale(), { type: "unit" }).format(topics.map((code) => tCode("topic", code) || code));
}

/** In days where it is days: nobody counts 72 hours. */
export function replyInWords(hours: number): string {
  return hours >= 48 && hours % 24 === 0 ? t("thread.reply.days", { count: hours / 24 }) : t("thread.reply.hours", { count: hours });
}
