/** All that can be set about a room: its rules, who runs it, the link that lets people in, whether it is open. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import { confirmed } from "../../parts/confirm.ts";
import { t } from "../../words/language.ts";
import { Draft } from "../draft.ts";
import { newerNotice, saveBar } from "../save-bar.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { coFacilitators } from "./co-facilitators.ts";
import { roomForm } from "./room-form.ts";
import { RoomPage } from "./room-page.ts";
import { faultsIn, rulesOf } from "./room-rules.ts";
import { roomInvitation } from "./room-invitation.ts";
import type { StaffRoomDetail } from "./types.ts";

class RoomSettingsPage extends RoomPage {
  readonly #draft = new Draft<StaffRoomDetail>(this, () => this.api, rulesOf);
  readonly #closing = new Intent();

  get unsaved(): boolean {
    return this.#draft.unsaved;
  }

  override opened(): void {
    this.faults = [];
    this.#draft.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.top(t("staff.settings.heading"), this.#draft.fetched.value)}
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render((room) => html`${this.#form(this.#draft.typed ?? room)} ${coFacilitators(room, (next) => this.#changed(next))}
        ${roomInvitation(room)} ${this.#openness(room)}`)}`;
  }

  #form(typed: StaffRoomDetail): TemplateResult {
    return html`<form novalidate @submit=${this.#save}>
      ${roomForm(typed, this.faults, (part) => this.#draft.change(part))}
      ${saveBar({ unsaved: this.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#discard() })}
    </form>`;
  }

  #openness({ closed, name }: StaffRoomDetail): TemplateResult {
    const which = closed ? "reopen" : "close";
    return html`<section aria-labelledby="open-heading">
      <h2 id="open-heading">${t(`staff.settings.${which}.heading`)}</h2>
      <p>${t(`staff.settings.${which}.text`)}</p>
      <p><button type="button" class="button ${closed ? "quiet" : "grave"}" aria-disabled=${this.busy} @click=${() => this.#turn(!closed, name)}>${t(`staff.settings.${which}`)}</button></p>
    </section>`;
  }

  #discard(): void {
    this.faults = [];
    this.#draft.discard();
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const typed = this.#draft.typed;
    if (!typed) return;
    const faults = faultsIn(typed);
    if (faults.length) return this.blame(...faults);
    if (!(await this.attempt(() => this.#draft.save()))) return;
    this.#draft.saved(t("staff.settings.saved"));
  };

  async #turn(closed: boolean, name: string): Promise<void> {
    const which = closed ? "close" : "reopen";
    const sure = await confirmed({ heading: t(`staff.settings.${which}.ask`, { name }), text: t(`staff.settings.${which}.text`), yes: t(`staff.settings.${which}`) });
    if (!sure) return;
    const done = await this.attempt(async () => this.#changed(await call<StaffRoomDetail>("PUT", `${this.api}/closed`, { body: { closed }, intent: this.#closing })));
    if (done) announce(t(`staff.settings.${which}.done`));
  }

  /** Something beside the form was saved: it counts at once, and what is typed in the form stays typed. */
  #changed(room: StaffRoomDetail): void {
    this.#draft.renew(room);
  }
}

customElements.define("room-settings-page", RoomSettingsPage);
