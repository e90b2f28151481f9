/** One person on the staff, for admins: roles, a new one-time password, suspending. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { staff } from "../api/sign-in.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { t } from "../words/language.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { everyone } from "./people.ts";
import { roleChoices } from "./role-choices.ts";
import type { Invitation, Member, Role } from "./types.ts";
import { leaveUnsaved } from "./unsaved.ts";

class MemberPage extends Page {
  @state() private roles: readonly Role[] | null = null;
  @state() private invitation: Invitation | null = null;
  @state() private said = "";
  readonly #member = new Fetched<Member>(this, () => this.#find());
  readonly #changing = new Intent();
  readonly #inviting = new Intent();

  get unsaved(): boolean {
    const kept = this.#member.value?.roles ?? [];
    return this.roles !== null && (this.roles.length !== kept.length || this.roles.some((role) => !kept.includes(role)));
  }

  override opened(): void {
    this.faults = [];
    this.roles = this.invitation = null;
    this.said = "";
    if (this.#member.value?.id !== this.params["id"]) this.#member.clear();
    void this.#member.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(this.#member.value?.name ?? t("member.heading"))}
      ${this.#member.render((member) => this.#show(member))}
      <p><a class="tall" href="/staff/people">${t("people.back")}</a></p>`;
  }

  #show(member: Member): TemplateResult {
    const own = member.id === staff.person?.id;
    return html`<dl class="facts">
        <div><dt>${t("staff.email")}</dt><dd><bdi dir="ltr">${member.email}</bdi></dd></div>
        <div><dt>${t("staff.status")}</dt><dd>${t(`people.status.${member.status}`)}</dd></div>
        <div><dt>${t("second-factor")}</dt><dd>${t(member.second_factor ? "second-factor.on" : "second-factor.off")}</dd></div>
      </dl>
      ${own ? html`<p class="panel">${t("member.own")}</p>` : nothing}
      <form novalidate @submit=${this.#keepRoles}>
        ${roleChoices(this.roles ?? member.roles, this.faultOf("roles"), (roles) => this.#choose(roles))}
        <p class="actions"><button class="button" aria-disabled=${this.busy}>${t("member.roles.save")}</button> <span class="save-state">${this.said}</span></p>
      </form>
      ${own ? nothing : this.#access(member)}`;
  }

  #access(member: Member): TemplateResult {
    const suspended = member.status === "suspended";
    return html`<section aria-labelledby="access-heading">
      <h2 id="access-heading">${t("member.access")}</h2>
      ${this.invitation ? oneTimePassword(this.invitation) : nothing}
      ${suspended ? nothing : html`<p>${t("member.password.text")}</p>
        <p><button class="button quiet" aria-disabled=${this.busy} @click=${() => this.#inviteAgain(member)}>${t("member.password.button")}</button></p>`}
      <p>${t(suspended ? "member.restore.text" : "member.suspend.text")}</p>
      <p><button class="button ${suspended ? "quiet" : "grave"}" aria-disabled=${this.busy} @click=${() => this.#turn(member)}>${t(suspended ? "member.restore" : "member.suspend")}</button></p>
    </section>`;
  }

  #choose(roles: readonly Role[]): void {
    this.roles = roles;
    this.said = "";
  }

  readonly #keepRoles = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.roles?.length === 0) return this.blame({ field: "roles", words: t("staff.roles.missing") });
    const roles = this.roles ?? this.#member.value?.roles;
    if (!(await this.attempt(() => this.#change({ roles })))) return;
    this.roles = null;
    this.#say(t("member.roles.saved"));
  };

  async #turn(member: Member): Promise<void> {
    const suspended = member.status === "suspended";
    const which = suspended ? "restore" : "suspend";
    const sure = await confirmed({
      heading: t(`member.${which}.ask`, { name: member.name }),
      text: t(`member.${which}.ask.text`),
      yes: t(`member.${which}`),
    });
    if (!sure) return;
    const done = await this.attempt(() => this.#change({ status: suspended ? "active" : "suspended" }));
    if (done) announce(t(`member.${which}.done`));
  }

  async #inviteAgain(member: Member): Promise<void> {
    const sure = await confirmed({
      heading: t("member.password.ask", { name: member.name }),
      text: t("member.password.ask.text"),
      yes: t("member.password.button"),
    });
    if (!sure) return;
    await this.attempt(async () => {
      this.invitation = await call<Invitation>("POST", `/api/staff/people/${member.id}/invitation`, { body: {}, intent: this.#inviting });
      this.#inviting.done();
    });
  }

  /** About the caller's own access the API names no field of the form, but the person. */
  async #change(change: { roles?: readonly Role[] | undefined } | { status: Member["status"] }): Promise<void> {
    const member = await call<Member>("PATCH", `/api/staff/people/${this.params["id"]}`, { body: change, intent: this.#changing })
      .catch((failure: unknown) => {
        throw failure instanceof Problem && failure.field === "path.person_id" ? new Problem("own_access", failure.status) : failure;
      });
    this.#changing.done();
    this.#member.set(member);
    if (staff.person?.id === member.id) staff.update(member);
  }

  #say(words: string): void {
    this.said = words;
    announce(words);
  }

  async #find(): Promise<Member> {
    const found = (await everyone()).find(({ id }) => id === this.params["id"]);
    if (!found) throw new Problem("not_found", 404);
    return found;
  }
}

customElements.define("member-page", MemberPage);
