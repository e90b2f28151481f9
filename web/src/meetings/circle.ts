/** A member in the circle of a room. */

import { html, nothing, type TemplateResult } from "lit";
import { router } from "../frame/router.ts";
import { t } from "../words/language.ts";
import { CirclePage, helpWays } from "./circle-page.ts";
import type { Circle } from "./circle-types.ts";
import { orderList } from "./order-list.ts";
import type { Meeting, Seat } from "./types.ts";

class MemberCirclePage extends CirclePage {
  protected readonly side = "/api";

  /** Whoever is not in the room (any more, or yet) reads about it first. */
  protected override async begin(): Promise<void> {
    await super.begin();
    const room = this.room.value;
    if (room && room.membership?.status !== "joined") await router.go(`/rooms/${this.params["id"]}`, "replace");
  }

  protected lobby(meeting: Meeting | null): TemplateResult {
    if (!meeting) {
      return html`<div class="panel"><p role="status">${t("circle.none")}</p><p>${t("circle.none.text")}</p></div>
        <p class="actions"><button type="button" class="button quiet" @click=${() => void this.begin()}>${t("circle.none.look")}</button></p>`;
    }
    return html`<p class="lead">${t("circle.lobby")}</p><p>${t("circle.lobby.text")}</p>${this.deviceCheck()}`;
  }

  protected beside(_meeting: Meeting, circle: Circle): TemplateResult {
    return orderList(circle, this.seatOf);
  }

  protected acts(circle: Circle, you: Seat): TemplateResult {
    const button = (key: Parameters<typeof t>[0], press: () => void, quiet = true) =>
      html`<button type="button" class="button ${quiet ? "quiet" : ""}" aria-disabled=${this.busy} @click=${press}>${t(key)}</button>`;
    const speaks = circle.speaker === you.id;
    const raised = circle.hands.includes(you.id);
    const passed = circle.passed.includes(you.id);
    return html`
      ${speaks ? html`${button("circle.done", () => void this.move("done"), false)} ${button("circle.pass.this", () => void this.move("pass"))}` : nothing}
      ${speaks ? nothing : button(raised ? "circle.hand.lower" : "circle.hand.raise", () => void this.move(raised ? "lower_hand" : "raise_hand"))}
      ${speaks || passed ? nothing : button("circle.pass.next", () => void this.move("pass"))}
      ${button("circle.out", () => void this.stepOut())} ${this.notOkayButton()}
      ${passed ? html`<p class="quiet-words">${t("circle.passed")}</p>` : nothing}`;
  }

  protected afterwards(stage: "ended" | "left", meeting: Meeting): TemplateResult {
    const words = stage === "left" ? t("circle.left.text") : meeting.ended_because === "facilitator_gone" ? t("circle.ended.gone") : t("circle.ended.text");
    return html`<p class="lead">${words}</p>
      ${stage === "left" ? html`<p class="actions"><button type="button" class="button" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.left.again")}</button></p>` : nothing}
      <section aria-labelledby="hard"><h2 id="hard">${t("meet.after.hard")}</h2><p>${t("circle.after.hard")}</p>${helpWays()}</section>`;
  }
}

customElements.define("circle-page", MemberCirclePage);
