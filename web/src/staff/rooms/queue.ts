/** What waits for a facilitator: held messages, reports, requests, appeals. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { confirmed } from "../../parts/confirm.ts";
import { type Key, t } from "../../words/language.ts";
import { listed } from "../lists.ts";
import { ageInWords } from "./age.ts";
import { asked } from "./ask.ts";
import type { QueueItem } from "./types.ts";

export type Outcome = "approve" | "decline" | "redact" | "dismiss" | "admit" | "uphold" | "lift";

/** The ways out of the queue, the more likely one first. */
const OUTCOMES = {
  held: ["approve", "decline"], report: ["dismiss", "redact"], request: ["admit", "decline"], appeal: ["lift", "uphold"],
} as const satisfies Record<QueueItem["kind"], readonly Outcome[]>;
/** Of these, somebody is told why. */
const IN_WORDS: readonly Outcome[] = ["decline", "redact", "lift"];
const LONGEST_NOTE = 300;

interface Doing {
  readonly now: number;
  readonly busy: boolean;
  readonly chosen: (of: QueueItem, outcome: Outcome) => void;
}

export function queue(items: readonly QueueItem[], doing: Doing): TemplateResult {
  return html`<section aria-labelledby="queue-heading">
    <h2 id="queue-heading" tabindex="-1">${t("staff.queue.heading", { count: items.length })}</h2>
    ${items.length
      ? html`<ul class="queue">${repeat(oldestFirst(items), ({ id }) => id, (of) => one(of, doing))}</ul>`
      : html`<p class="panel good">${t("staff.queue.empty")}</p>`}
  </section>`;
}

function one(of: QueueItem, { now, busy, chosen }: Doing): TemplateResult {
  const room = `/staff/rooms/${of.room_id}`;
  const label = (words: string): string => [words, of.member?.handle, of.room_name].filter(Boolean).join(", ");
  return html`<li class="queued ${of.kind}">
    <p class="queued-what"><strong>${t(`staff.queue.${of.kind}`)}</strong> <span class="quiet-words">${ageInWords(of.at, now)}</span></p>
    <p>${of.member ? html`<bdi dir="ltr">${of.member.handle}</bdi> · ` : nothing}<bdi>${of.room_name}</bdi></p>
    ${of.text ? html`<blockquote class="said-there" dir="auto">${of.text}</blockquote>` : nothing}
    ${whys(of).map((why) => html`<p>${why}</p>`)}
    <p class="actions">
      ${OUTCOMES[of.kind].map((outcome, at) => html`<button type="button" class="button ${at ? "quiet" : ""}" aria-disabled=${busy}
        aria-label=${label(words(of, outcome))} @click=${() => chosen(of, outcome)}>${words(of, outcome)}</button>`)}
      ${of.seq ? html`<a class="tall" href="${room}#message-${of.seq}" aria-label=${label(t("staff.queue.context"))}>${t("staff.queue.context")}</a>` : nothing}
      ${of.member && of.kind !== "request" ? html`<a class="tall" href="${room}/members/${of.member.id}${of.seq ? `/${of.seq}` : ""}" aria-label=${label(t("staff.queue.person"))}>${t("staff.queue.person")}</a>` : nothing}
    </p>
  </li>`;
}

/** Why it is here, and what else helps to decide. Who reported is known to nobody. */
function whys({ kind, held_for, reason, note, reports }: QueueItem): readonly (string | TemplateResult)[] {
  const found: (string | TemplateResult)[] = [];
  if (held_for) found.push(t(`staff.queue.held.${held_for}`));
  if (kind === "report") found.push(t("staff.queue.reports", { count: Math.max(1, reports) }), ...(reason ? [t("staff.queue.report.reason", { reason: listed(reason.split(", ").map((code) => t(`staff.queue.report.${code}` as Key))) })] : []));
  if (kind === "appeal" && reason) found.push(html`<span class="quiet-words">${t("staff.queue.appeal.about")}</span> <span class="typed">${reason}</span>`);
  // What is asked for is shown as the text already.
  if (note && kind === "report") found.push(html`<span class="typed">${note}</span>`);
  return found;
}

function words({ kind }: QueueItem, outcome: Outcome): string {
  return t(`staff.queue.${kind}.${outcome}` as Key);
}

function oldestFirst(items: readonly QueueItem[]): readonly QueueItem[] {
  return [...items].sort((one, other) => one.at.localeCompare(other.at));
}

export function needsWords(outcome: Outcome): boolean {
  return IN_WORDS.includes(outcome);
}

/** A decision that stands can't be asked about again. */
export function sureOf(of: QueueItem, outcome: Outcome): boolean | Promise<boolean> {
  if (outcome !== "uphold") return true;
  return confirmed({ heading: t("staff.queue.appeal.uphold.ask"), text: t("staff.queue.appeal.uphold.text", { handle: of.member?.handle ?? "" }), yes: t("staff.queue.appeal.uphold") });
}

export function decide(of: QueueItem, outcome: Outcome, intent: Intent, note = ""): Promise<void> {
  return call("POST", `/api/staff/rooms/${of.room_id}/queue/${of.id}`, { body: { outcome, note }, intent });
}

/** Asks for the words first. Answers whether it is decided; false when the person thought better of it. */
export function decideInWords(of: QueueItem, outcome: Outcome): Promise<boolean> {
  const intent = new Intent();
  const key = `staff.queue.${of.kind}.${outcome}`;
  return asked({
    heading: words(of, outcome), text: t(`${key}.text` as Key), quote: of.text, label: t("staff.queue.note"), hint: t(`${key}.hint` as Key),
    yes: words(of, outcome), longest: LONGEST_NOTE, grave: outcome === "redact", optional: of.kind === "request" || outcome === "lift",
  }, (note) => decide(of, outcome, intent, note));
}
