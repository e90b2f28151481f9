/** The link that lets people into a room. It is shown when it is made, and never again. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { inWords } from "../../api/problem.ts";
import { announce } from "../../frame/announce.ts";
import { Part } from "../../frame/part.ts";
import { confirmed } from "../../parts/confirm.ts";
import { t } from "../../words/language.ts";
import { copyButton } from "../copy-button.ts";
import type { StaffRoomDetail } from "./types.ts";

class RoomInvitation extends Part {
  @property({ attribute: false }) room: StaffRoomDetail | undefined;
  @state() private token = "";
  @state() private exists: boolean | null = null;
  @state() private failure = "";
  @state() private busy = false;
  readonly #making = new Intent();
  readonly #ending = new Intent();

  protected override render(): TemplateResult {
    const exists = this.exists ?? this.room?.invitation ?? false;
    return html`<section aria-labelledby="invitation-heading">
      <h2 id="invitation-heading">${t("staff.invitation.heading")}</h2>
      <p>${t("staff.invitation.text")}</p>
      ${this.failure ? html`<p class="fault" role="alert">${this.failure}</p>` : nothing}
      ${this.token ? this.#made() : html`<p><strong>${t(exists ? "staff.invitation.is" : "staff.invitation.none")}</strong></p>`}
      <p class="actions">
        <button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.#make(exists)}>${t(exists ? "staff.invitation.again" : "staff.invitation.make")}</button>
        ${exists ? html`<button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#end}>${t("staff.invitation.end")}</button>` : nothing}
      </p>
    </section>`;
  }

  #made(): TemplateResult {
    const link = `${location.origin}/invitation#${this.token}`;
    return html`<div class="panel good">
      <p tabindex="-1" id="invitation-made"><strong>${t("staff.invitation.made")}</strong> ${t("staff.invitation.once")}</p>
      <p><code class="secret" dir="ltr">${link}</code></p>
      <p>${copyButton(link, t("staff.invitation.copy"))}</p>
    </div>`;
  }

  async #make(exists: boolean): Promise<void> {
    const sure = !exists || await confirmed({ heading: t("staff.invitation.again.ask"), text: t("staff.invitation.again.text"), yes: t("staff.invitation.again") });
    if (!sure || !(await this.#attempt(async () => {
      this.token = (await call<{ token: string }>("POST", this.#address, { body: {}, intent: this.#making })).token;
      this.exists = true;
    }))) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#invitation-made")?.focus();
  }

  readonly #end = async (): Promise<void> => {
    if (!(await confirmed({ heading: t("staff.invitation.end.ask"), text: t("staff.invitation.end.text"), yes: t("staff.invitation.end") }))) return;
    const done = await this.#attempt(async () => {
      await call("DELETE", this.#address, { intent: this.#ending });
      this.token = "";
      this.exists = false;
    });
    if (done) announce(t("staff.invitation.ended"));
  };

  get #address(): string {
    return `/api/staff/rooms/${this.room?.id}/invitation`;
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = "";
    try {
      await work();
      return true;
    } catch (failure) {
      this.failure = inWords(failure);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("room-invitation", RoomInvitation);

export const roomInvitation = (room: StaffRoomDetail): TemplateResult => html`<room-invitation .room=${room}></room-invitation>`;
