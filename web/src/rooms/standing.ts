/** What stands around a conversation: whether a facilitator is there, who reads it, and why somebody may not write. */

import { html, nothing, type TemplateResult } from "lit";
import { helpAddress } from "../frame/furniture.ts";
import { locale, t, tCode } from "../words/language.ts";
import type { Conversation } from "./conversation.ts";
import type { Room } from "./types.ts";
import { modeInWords, soon } from "./words.ts";

/** Nothing in a direct room: there, the page says when an answer can be expected. */
export function modeBanner(room: Room, zone: string): TemplateResult | typeof nothing {
  if (room.kind === "direct" || room.closed) return nothing;
  const { mode } = room.mode;
  return html`<div class="mode-banner ${mode}" role="status">
    <p>${modeInWords(room.mode, zone)}</p>
    ${mode === "live" ? nothing : html`<p>${t(mode === "slow" ? "talk.slow" : "talk.resting")} <a href=${helpAddress(locale())}>${t("footer.help")}</a></p>`}
  </div>`;
}

/** In place of the field to write in; null when the person may write. */
export function whyNot(room: Room, zone: string, accept: () => void): TemplateResult | null {
  const standing = room.membership;
  if (!standing || standing.can_post) return null;
  const when = standing.wait_until ? soon(standing.wait_until, zone) : "";
  const reason = standing.reason ? html`<p>${t("talk.reason")} <span dir="auto">${standing.reason}</span></p>` : nothing;
  const decisions = html`<p><a href="/rooms/${room.id}/decisions">${t("talk.decisions")}</a></p>`;
  switch (standing.post_blocked) {
    case "muted":
      return panel(html`<p>${when ? t("talk.muted.until", { when }) : t("talk.muted")}</p>${reason}${decisions}`);
    case "suspended":
      return panel(html`<p>${when ? t("talk.suspended.until", { when }) : t("talk.suspended")}</p>${reason}${decisions}`);
    case "newcomer":
      return panel(html`<p>${when ? t("talk.newcomer.until", { when }) : t("talk.newcomer")}</p>`);
    case "guidelines_changed":
      return panel(html`<p>${t("talk.guidelines")}</p>
        <details><summary>${t("room.guidelines")}</summary><p class="written" dir="auto">${room.guidelines}</p></details>
        <p><button type="button" class="button" @click=${accept}>${t("talk.guidelines.accept")}</button></p>`);
    case "room_closed":
      return panel(html`<p>${t("talk.closed")}</p>`);
    case "room_resting":
      return panel(html`<p>${when ? t("talk.resting.write.until", { when }) : t("talk.resting.write")}</p>`);
    default:
      return panel(html`<p>${t("talk.read-only")}</p>`);
  }
}

function panel(words: TemplateResult): TemplateResult {
  return html`<div class="panel standing">${words}</div>`;
}

/** Who reads this, who is here, whether news comes by itself. Counts only: nobody is named who did not write. */
export function statusLine(room: Room, prefix: "/api" | "/api/staff", talk: Conversation): TemplateResult {
  const { here, typing, live } = talk;
  const readers = room.kind === "group" ? t("talk.readers", { count: room.members })
    : prefix === "/api" ? t("talk.readers.direct", { name: room.counselor?.name ?? "" }) : t("talk.readers.two");
  return html`<div class="talk-status quiet-words">
    <p>${readers}</p>
    <p>${here !== null && room.kind === "group" ? html`<span>${t("talk.here", { count: here })}</span> · ` : nothing}<span class="line ${live.state}">${tCode("line", live.state)}</span>${typing ? html` · <span class="typing">${t("talk.typing", { count: typing })}</span>` : nothing}</p>
  </div>`;
}
