/** Deciding about one person in a room: from a reminder up to removal, and back. At an address with a message's number, because of it. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { Problem } from "../../api/problem.ts";
import { announce } from "../../frame/announce.ts";
import type { Fault } from "../../frame/page.ts";
import { router } from "../../frame/router.ts";
import { confirmed } from "../../parts/confirm.ts";
import { Fetched } from "../../parts/fetched.ts";
import { choices, selectField, textArea, typed } from "../../parts/field.ts";
import type { Decision, Step } from "../../rooms/types.ts";
import { t } from "../../words/language.ts";
import { durations } from "../durations.ts";
import "../meetings/raise-concern.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { ageInWords } from "./age.ts";
import { log } from "./decisions.ts";
import { RoomPage } from "./room-page.ts";
import { type LoggedDecision, type RoomMember, STEPS } from "./types.ts";
import { standing } from "./words.ts";

const LONGEST_REASON = 500;
const FOR_A_TIME: readonly Step[] = ["slow", "mute", "suspend"];
const HOURS = [1, 4, 12, 24, 72, 168, 336, 720] as const;
const USUAL_HOURS = 24;

interface Person {
  readonly member: RoomMember;
  readonly decisions: readonly LoggedDecision[];
}

class DecidePage extends RoomPage {
  unsaved = false;
  @state() private step: Step | "" = "";
  @state() private hours = USUAL_HOURS;
  readonly #person = new Fetched<Person>(this, () => this.#find());
  readonly #intent = new Intent();

  override opened(): void {
    super.opened();
    this.unsaved = false;
    this.step = "";
    this.hours = USUAL_HOURS;
    this.#person.clear();
    void this.#person.load();
  }

  override async mayLeave(): Promise<boolean> {
    if (this.unsaved) this.unsaved = !(await leaveUnsaved());
    return !this.unsaved;
  }

  get #members(): string {
    return `/staff/rooms/${this.params["id"]}/members`;
  }

  protected override render(): TemplateResult {
    return html`${this.top(t("staff.decide.heading"))}
      ${this.#person.render((person) => this.#show(person))}
      <p><a class="tall" href=${this.#members}>${t("staff.decide.back")}</a></p>`;
  }

  #show({ member, decisions }: Person): TemplateResult {
    return html`<dl class="facts">
        <div><dt>${t("staff.decide.who")}</dt><dd><bdi dir="ltr">${member.handle}</bdi></dd></div>
        <div><dt>${t("staff.decide.standing")}</dt><dd>${standing(member, this.zone).join(" · ")}</dd></div>
        <div><dt>${t("staff.decide.posts")}</dt><dd>${t("staff.members.posts", { count: member.posts })}${member.last_posted_at ? html` · ${t("staff.members.last", { age: ageInWords(member.last_posted_at) })}` : nothing}</dd></div>
      </dl>
      ${this.params["seq"] ? html`<p class="notice">${t("staff.decide.message")} <a href="/staff/rooms/${this.params["id"]}#message-${this.params["seq"]}">${t("staff.decide.message.show")}</a></p>` : nothing}
      ${member.status === "requested" ? html`<p class="panel">${t("staff.standing.requested")} <a href="/staff/moderation">${t("staff.members.request")}</a></p>` : this.#form(member)}
      <details class="aside"><summary>${t("aside.concern")}</summary>
        <raise-concern room=${this.params["id"] ?? ""} member=${member.id}></raise-concern></details>
      <section aria-labelledby="log-heading">
        <h2 id="log-heading">${t("staff.decide.log")}</h2>
        ${log(decisions, this.zone)}
      </section>`;
  }

  #form(member: RoomMember): TemplateResult {
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#decide(event, member)} @input=${() => (this.unsaved = true)}>
      ${choices({
        id: "step", label: t("staff.decide.step"), hint: t("staff.decide.step.hint"), fault: this.faultOf("step"), chosen: [this.step],
        options: STEPS.map((step) => ({ value: step, label: t(`staff.step.${step}`), hint: t(`staff.step.${step}.hint`) })),
        onChange: (step) => (this.step = step as Step),
      })}
      ${FOR_A_TIME.includes(this.step as Step) ? selectField({
        id: "hours", label: t("staff.decide.hours"), hint: t("staff.decide.hours.hint"), fault: this.faultOf("hours"),
        value: String(this.hours), options: durations("hour", HOURS, this.hours), onChange: (hours) => (this.hours = Number(hours)),
      }) : nothing}
      ${textArea({ id: "reason", label: t("staff.decide.reason"), hint: t("staff.decide.reason.hint"), fault: this.faultOf("reason"), maxLength: LONGEST_REASON })}
      <p class="actions"><button class="button ${this.step === "remove" ? "grave" : ""}" aria-disabled=${this.busy}>${t(this.step ? `staff.step.${this.step}.yes` : "staff.decide.yes")}</button></p>
    </form>`;
  }

  async #decide(event: SubmitEvent, member: RoomMember): Promise<void> {
    event.preventDefault();
    const { reason = "" } = typed(event.currentTarget as HTMLFormElement);
    const faults: Fault[] = [];
    if (!this.step) faults.push({ field: "step", words: t("staff.decide.step.missing") });
    if (!reason) faults.push({ field: "reason", words: t("staff.decide.reason.missing") });
    if (faults.length) return this.blame(...faults);
    if (this.step === "remove" && !(await sureToRemove(member.handle))) return;
    const seq = Number(this.params["seq"]);
    const body = { step: this.step, reason, ...(FOR_A_TIME.includes(this.step as Step) ? { hours: this.hours } : {}), ...(seq ? { seq } : {}) };
    await this.attempt(async () => {
      await call<Decision>("POST", `${this.api}/members/${member.id}/decisions`, { body, intent: this.#intent });
      this.unsaved = false;
      await router.go(this.#members);
      announce(t("staff.decide.done", { handle: member.handle }));
    });
  }

  async #find(): Promise<Person> {
    const [{ members }, { decisions }] = await Promise.all([
      call<{ members: readonly RoomMember[] }>("GET", `${this.api}/members`),
      call<{ decisions: readonly LoggedDecision[] }>("GET", `${this.api}/decisions`),
    ]);
    const member = members.find(({ id }) => id === this.params["member"]);
    if (!member) throw new Problem("not_found", 404);
    return { member, decisions: decisions.filter((decision) => decision.member.id === member.id) };
  }
}

function sureToRemove(handle: string): Promise<boolean> {
  return confirmed({ heading: t("staff.decide.remove.ask", { handle }), text: t("staff.decide.remove.text"), yes: t("staff.step.remove.yes") });
}

customElements.define("decide-page", DecidePage);
