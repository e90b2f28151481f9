/** Who is in a room, how they stand there, and what was decided about them. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Fetched } from "../../parts/fetched.ts";
import { t } from "../../words/language.ts";
import { Refocus } from "../refocus.ts";
import { ageInWords } from "./age.ts";
import { log } from "./decisions.ts";
import { byNeed } from "./order.ts";
import { RoomPage } from "./room-page.ts";
import type { LoggedDecision, RoomMember } from "./types.ts";
import { standing } from "./words.ts";

interface People {
  readonly members: readonly RoomMember[];
  readonly decisions: readonly LoggedDecision[];
}

class RoomMembersPage extends RoomPage {
  readonly #people = new Fetched<People>(this, () => peopleOf(this.api));

  constructor() {
    super();
    new Refocus(this, () => void this.#quietly());
  }

  override opened(): void {
    super.opened();
    this.#people.clear();
    void this.#people.load();
  }

  protected override render(): TemplateResult {
    return html`${this.top(t("staff.members.heading"))}
      ${this.#people.render(({ members, decisions }) => html`
        ${members.length
          ? html`<p>${t("staff.members.text")}</p>
            <ul class="room-members" aria-label=${t("staff.members.heading")}>${byNeed(members).map((member) => this.#member(member))}</ul>`
          : html`<p class="panel">${t("staff.members.none")}</p>`}
        <section aria-labelledby="log-heading">
          <h2 id="log-heading">${t("staff.decisions.heading")}</h2>
          <p>${t("staff.decisions.text")}</p>
          ${log(decisions, this.zone)}
        </section>`)}`;
  }

  #member(of: RoomMember): TemplateResult {
    const leads = of.role === "facilitator";
    return html`<li class="room-member ${of.needs_a_word ? "needs-a-word" : ""}">
      <p class="person-name">${leads ? html`<bdi>${of.handle}</bdi>` : html`<a href="/staff/rooms/${this.params["id"]}/members/${of.id}"><bdi dir="ltr">${of.handle}</bdi></a>`}
        ${leads ? html`<span class="tag">${t("staff.role.facilitator")}</span>` : nothing}
        ${of.needs_a_word ? html`<span class="tag word">${t("staff.members.word")}</span>` : nothing}</p>
      <p>${standing(of, this.zone).join(" · ")}</p>
      <p class="quiet-words">${t("staff.members.posts", { count: of.posts })}${of.last_posted_at ? html` · ${t("staff.members.last", { age: ageInWords(of.last_posted_at) })}` : nothing}
        ${of.decisions ? html` · ${t("staff.members.decisions", { count: of.decisions })}` : nothing}</p>
      ${of.status === "requested" ? html`<p class="room-member-note">${of.note ? html`<span class="typed">${of.note}</span> ` : nothing}<a class="tall" href="/staff/moderation">${t("staff.members.request")}</a></p>` : nothing}
    </li>`;
  }

  async #quietly(): Promise<void> {
    const of = this.api;
    const found = await peopleOf(of).catch(() => null);
    if (found && of === this.api) this.#people.set(found);
  }
}

async function peopleOf(room: string): Promise<People> {
  const [{ members }, { decisions }] = await Promise.all([
    call<{ members: readonly RoomMember[] }>("GET", `${room}/members`),
    call<{ decisions: readonly LoggedDecision[] }>("GET", `${room}/decisions`),
  ]);
  return { members, decisions };
}

customElements.define("room-members-page", RoomMembersPage);
