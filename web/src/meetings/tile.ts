/** Somebody in the call: their picture, or who they are and why there is none. */

import { html, nothing, type TemplateResult } from "lit";
import { initial } from "../booking/words.ts";
import { avatar } from "../rooms/avatar.ts";
import { t } from "../words/language.ts";
import { type Caption, isSeen, noteOn, type Person } from "./captions.ts";
import type { Seat } from "./types.ts";

/** A picture that stands still is covered by words: nobody talks to a frozen face. */
export function tile({ id, name, member_id }: Seat, person: Person, said = ""): TemplateResult {
  const note = noted(person, member_id !== "");
  const seen = isSeen(person);
  const screen = person.other?.screen && person.other.quality !== "lost";
  return html`<figure class="tile ${screen ? "with-screen" : ""}">
    ${screen ? html`<video class="screen" data-screen=${id} autoplay playsinline aria-label=${t("call.screen-of", { name })}></video>` : nothing}
    <video class="face ${seen ? "" : "off"}" data-face=${id} autoplay playsinline aria-label=${t("call.picture-of", { name })}></video>
    ${seen || screen ? nothing : member_id ? avatar(member_id) : html`<span class="arch large" aria-hidden="true">${initial(name)}</span>`}
    <figcaption aria-live="polite" aria-atomic="true"><bdi class="tile-name">${name}</bdi>${said ? html` <strong>${said}</strong>` : nothing}${note ? html`: <span class=${note.trouble ? "trouble" : ""}>${t(note.key)}</span>` : nothing}</figcaption>
  </figure>`;
}

/** In a circle cameras are off unless somebody wants otherwise: that need not be said of each. */
function noted(person: Person, inCircle: boolean): Caption | null {
  const note = noteOn(person);
  return inCircle && note?.key === "call.they.camera-off" ? null : note;
}
