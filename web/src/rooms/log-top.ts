/** What stands above the first message: the way to earlier ones, or that there are none, and how long messages stay. */

import { html, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import type { Conversation } from "./conversation.ts";
import type { Room } from "./types.ts";
import { roomProblem } from "./words.ts";

export function logTop({ timeline, loading, failure }: Conversation, room: Room, again: () => void, older: () => void): TemplateResult {
  if (!timeline.started && failure) {
    return html`<div class="panel ember" role="alert">
      <p>${roomProblem(failure)}</p>
      <p><button type="button" class="button" @click=${again}>${t("retry")}</button></p>
    </div>`;
  }
  if (!timeline.started) return html`<p class="waiting" role="status">${t("waiting")}</p>`;
  if (timeline.older !== null) {
    return html`<p class="log-top"><button type="button" class="link" aria-disabled=${loading} @click=${older}>${t(loading ? "waiting" : "talk.older")}</button></p>`;
  }
  return html`<p class="log-top quiet-words">${t(timeline.upTo ? "talk.start" : "talk.start.empty")}<br>${t("room.retention", { count: room.retention_days })}</p>`;
}
