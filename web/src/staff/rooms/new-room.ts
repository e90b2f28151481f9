import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { announce } from "../../frame/announce.ts";
import { Page } from "../../frame/page.ts";
import { router } from "../../frame/router.ts";
import { t } from "../../words/language.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { roomForm } from "./room-form.ts";
import { faultsIn, newRoom, rulesOf } from "./room-rules.ts";
import type { RoomRules, StaffRoomDetail } from "./types.ts";

class NewRoomPage extends Page {
  unsaved = false;
  @state() private rules: RoomRules = newRoom();
  readonly #intent = new Intent();

  override opened(): void {
    this.faults = [];
    this.unsaved = false;
    this.rules = newRoom();
  }

  override async mayLeave(): Promise<boolean> {
    if (this.unsaved) this.unsaved = !(await leaveUnsaved());
    return !this.unsaved;
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("staff.rooms.new.heading"))}
      <p>${t("staff.rooms.new.text")}</p>
      <form novalidate @submit=${this.#open}>
        ${roomForm(this.rules, this.faults, (part) => this.#change(part))}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("staff.rooms.new.yes")}</button>
          <a class="button quiet" href="/staff/rooms">${t("cancel")}</a>
        </p>
      </form>`;
  }

  #change(part: Partial<RoomRules>): void {
    this.rules = { ...this.rules, ...part };
    this.unsaved = true;
  }

  readonly #open = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const faults = faultsIn(this.rules);
    if (faults.length) return this.blame(...faults);
    await this.attempt(async () => {
      const { id } = await call<StaffRoomDetail>("POST", "/api/staff/rooms", { body: rulesOf(this.rules), intent: this.#intent });
      this.unsaved = false;
      // A room without a rota never has a facilitator on shift: that comes next.
      await router.go(`/staff/rooms/${id}/rota`, "replace");
      announce(t("staff.rooms.new.done"));
    });
  };
}

customElements.define("new-room-page", NewRoomPage);
