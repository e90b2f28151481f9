/** Where a counselor calls a client who asked for it. Nothing of it is loaded where the organisation has no number. */

import { html, nothing, type TemplateResult } from "lit";
import { goesOnByPhone } from "../../meetings/phone-place.ts";
import type { Meeting } from "../../meetings/types.ts";

export function callClient(meeting: Meeting, name: string): TemplateResult | typeof nothing {
  if (meeting.mode === "text" || !goesOnByPhone(meeting) || isHere(meeting)) return nothing;
  void import("./call-client.ts").catch(() => {});
  return html`<call-client .appointment=${meeting.of} .name=${name} .agreed=${meeting.mode === "phone"}></call-client>`;
}

/** Whether the client is in the call with what the browser carries: then there is nobody to call. */
function isHere({ others }: Meeting): boolean {
  return others.some(({ role, present, in_call, mode }) => role === "client" && present && in_call && (mode === "video" || mode === "audio"));
}
