/** Everybody on the staff, for admins. */

import { html, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { staff } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { Fetched } from "../parts/fetched.ts";
import { t } from "../words/language.ts";
import { listed } from "./lists.ts";
import { Refocus } from "./refocus.ts";
import type { Member } from "./types.ts";

class PeoplePage extends Page {
  readonly #people = new Fetched<readonly Member[]>(this, everyone);

  constructor() {
    super();
    new Refocus(this, () => void everyone().then((people) => this.#people.set(people), () => {}));
  }

  override opened(): void {
    void this.#people.load();
  }

  protected override render(): TemplateResult {
    return html`${this.heading(t("people.heading"))}
      <p class="actions first"><a class="button" href="/staff/people/invite">${t("invite.button")}</a> <a class="tall" href="/staff/waitlist">${t("waitlist.heading")}</a></p>
      ${this.#people.render((people) => html`<p>${t("people.count", { count: people.length })}</p>
        <ul class="people" aria-label=${t("people.heading")}>${people.map(one)}</ul>`)}`;
  }
}

function one(member: Member): TemplateResult {
  return html`<li class="person ${member.status}">
    <p class="person-name"><a href="/staff/people/${member.id}">${member.name}</a>
      ${member.id === staff.person?.id ? html`<span class="tag">${t("people.you")}</span>` : ""}
      ${member.status === "active" ? "" : html`<span class="tag ${member.status}">${t(`people.status.${member.status}`)}</span>`}</p>
    <p class="quiet-words"><bdi dir="ltr">${member.email}</bdi></p>
    <p>${listed(member.roles.map((role) => t(`staff.role.${role}`)))}</p>
  </li>`;
}

export async function everyone(): Promise<readonly Member[]> {
  return (await call<{ people: readonly Member[] }>("GET", "/api/staff/people")).people;
}

customElements.define("people-page", PeoplePage);
