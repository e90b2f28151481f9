/** What the pages of members and facilitators in the circle of a room have in common. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { liveOf } from "../api/live-here.ts";
import { Problem } from "../api/problem.ts";
import { announce } from "../frame/announce.ts";
import { helpAddress } from "../frame/furniture.ts";
import { settings } from "../frame/settings.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { avatar } from "../rooms/avatar.ts";
import { clock } from "../time/when.ts";
import { locale, t } from "../words/language.ts";
import type { Stage } from "./stages.ts";
import type { Joining } from "./check.ts";
import type { Circle, Move } from "./circle-types.ts";
import { hides } from "./hides.ts";
import { MeetingPage } from "./meeting-page.ts";
import { leftOf, nextIn, type Said, turnIn } from "./turns.ts";
import type { Meeting, Seat } from "./types.ts";

/** How often what is left of a turn is looked at. */
const TICK_MS = 5_000;
/** How often a circle is looked for where no socket tells of one. */
const LOOK_MS = 20_000;
/** More would be a list to search, and the help page has the better one. */
const MOST_COUNTRIES = 3;

/** What a circle needs to know of its room. */
interface RoomOfCircle {
  readonly name: string;
  readonly membership: { readonly status: string; readonly handle: string; readonly member_id: string } | null;
  readonly circle_on: boolean;
}

export abstract class CirclePage extends MeetingPage {
  protected readonly room = new Fetched<RoomOfCircle>(this, () => call("GET", `${this.side}/rooms/${this.params["id"]}`));
  readonly #moving = new Intent();
  #ticks = 0;
  #looks = 0;
  #unwatch: (() => void) | null = null;
  #turn = "";

  /** What there is to see while no circle is on, and before the person has come to it. */
  protected abstract lobby(meeting: Meeting | null): TemplateResult;
  /** What stands beside the call. */
  protected abstract beside(meeting: Meeting, circle: Circle): TemplateResult;
  /** What one can do about turns. */
  protected abstract acts(circle: Circle, you: Seat): TemplateResult;
  /** What is said when it is over, or one has gone. */
  protected abstract afterwards(stage: "ended" | "left", meeting: Meeting): TemplateResult;

  protected override get occasion(): string {
    return `rooms/${this.params["id"]}`;
  }

  override opened(): void {
    if (this.openedFor !== this.occasion) this.room.clear();
    super.opened();
    this.#watch();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticks = window.setInterval(() => this.attendance?.stage === "in" && this.requestUpdate(), TICK_MS);
    this.#looks = window.setInterval(() => this.#lookForOne(), LOOK_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticks);
    clearInterval(this.#looks);
    this.#unwatch?.();
    this.#unwatch = null;
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const stage = this.attendance?.stage ?? "loading";
    // What is held in writing goes on in the room.
    const inside = (stage === "in" || stage === "admitted") && this.attendance?.hindered !== "held_in_writing";
    return html`${this.summary()} ${this.heading(this.#title(stage))}
      ${this.#show(stage)}
      ${inside ? nothing : html`<p><a class="tall" href=${this.back}>${t("circle.back")}</a></p>`}`;
  }

  protected override updated(): void {
    const { circle, you } = this;
    if (!circle || !you) return;
    const turn = circle.speaker;
    if (turn !== this.#turn && turn) announce(said(turnIn(circle, you.id, this.nameOf)));
    this.#turn = turn;
  }

  protected override stageIs(): void {
    void this.readFromHeading();
  }

  /** The room says whether a circle is on: of one that is not, nothing is asked. */
  protected override async begin(): Promise<void> {
    await this.room.load();
    if (this.room.value?.circle_on) await super.begin();
  }

  /** The room's page. */
  protected get back(): string {
    return this.side === "/api" ? `/rooms/${this.params["id"]}/talk` : `/staff/rooms/${this.params["id"]}`;
  }

  protected get circle(): Circle | null {
    return this.attendance?.meeting?.circle ?? null;
  }

  protected get you(): Seat | null {
    return this.attendance?.you ?? null;
  }

  /** Everybody who has a seat, by its id. */
  protected readonly seatOf = (id: string): Seat | undefined => {
    const meeting = this.attendance?.meeting;
    return meeting?.you?.id === id ? meeting.you : meeting?.others.find((seat) => seat.id === id);
  };

  protected readonly nameOf = (id: string): string => this.seatOf(id)?.name ?? "";

  protected deviceCheck(): TemplateResult {
    const own = this.room.value?.membership;
    return html`${own ? html`<p class="as-whom">${avatar(own.member_id)} <span>${t("circle.as-whom")} <bdi><strong>${own.handle}</strong></bdi>. ${t("circle.as-whom.text")}</span></p>` : nothing}
      <device-check .media=${this.line!.media} .relay=${hides(settings().circle_provider)} .writing=${false} .joining=${this.busy}
        @check-join=${(event: CustomEvent<Joining>) => this.join(event.detail)}></device-check>`;
  }

  protected get nobodyOpened(): boolean {
    if (this.attendance?.meeting) return false;
    return this.room.value?.circle_on === false || (this.failure instanceof Problem && this.failure.code === "not_found");
  }

  #title(stage: Stage): string {
    if (stage === "ended") return t("circle.ended.heading");
    if (stage === "left") return t("circle.left.heading");
    if (stage === "waiting") return t("meet.waiting.heading");
    if (this.attendance?.out) return t("circle.out.heading");
    return this.room.value ? t("circle.heading", { name: this.room.value.name }) : t("circle.heading.short");
  }

  #show(stage: Stage): unknown {
    const meeting = this.attendance?.meeting ?? null;
    if (this.room.failure && !meeting) return this.room.render(() => nothing);
    if (this.nobodyOpened) return this.lobby(null);
    if (stage === "off") return html`<div class="panel"><p>${t("circle.none")}</p></div>`;
    if (!meeting) return this.notYet();
    switch (stage) {
      case "open": return this.lobby(meeting);
      case "waiting": return this.#waits();
      case "declined": return html`<div class="panel"><p>${t("circle.declined")}</p></div>
        <p class="actions"><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.comeBack()}>${t("meet.declined.again")}</button></p>`;
      case "admitted":
      case "in": return this.attendance!.out ? this.#outside(meeting) : this.#inside(meeting);
      case "moved": return this.moved();
      case "removed": return html`<div class="panel"><p>${t("circle.removed")}</p></div>${helpWays()}`;
      case "ended":
      case "left": return this.afterwards(stage, meeting);
      default: return this.notYet();
    }
  }

  #waits(): TemplateResult {
    return html`<div class="panel good"><p class="lead" role="status">${t("circle.waiting")}</p><p>${t("meet.waiting.text")}</p></div>
      ${this.#gone()}
      ${this.attendance!.weak ? html`<p class="trouble" role="status">${t("call.line.trying")}</p>` : nothing}
      ${this.#ownTrouble()}
      <p class="actions">${this.notOkayButton()}<button type="button" class="button quiet" @click=${() => void this.hangUp()}>${t("call.leave")}</button></p>`;
  }

  #inside(meeting: Meeting): TemplateResult {
    const { circle, you, attendance, line } = this;
    if (!circle || !you) return this.notYet();
    const main = html`${this.#gone()} ${this.#turns(circle, you)}
      <call-stage .attendance=${attendance} .line=${line} .arranged=${circle.order} .said=${(seat: Seat) => this.#said(seat.id)} @leave=${() => void this.hangUp()}></call-stage>
      <div class="circle-acts" role="group" aria-label=${t("circle.acts")}>${this.acts(circle, you)}</div>
      ${this.#ownTrouble()}`;
    return this.grid(main, this.beside(meeting, circle));
  }

  #outside(meeting: Meeting): TemplateResult {
    return html`<div class="panel good"><p class="lead">${t("circle.out.text")}</p><p>${t("circle.out.seen")}</p></div>
      <p class="actions">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${this.#comeIn}>${t("circle.out.back")}</button>
        ${this.notOkayButton()}
        <button type="button" class="button quiet" @click=${() => void this.hangUp()}>${t("call.leave")}</button>
      </p>
      ${this.#ownTrouble()} ${this.side === "/api" ? helpWays() : nothing}
      ${this.side === "/api/staff" && this.circle ? this.beside(meeting, this.circle) : nothing}`;
  }

  #turns(circle: Circle, you: Seat): TemplateResult {
    const [left, next] = [leftOf(circle, this.attendance!.now), nextIn(circle, you.id, this.nameOf)];
    return html`<p class="turn ${circle.speaker === you.id ? "yours" : ""}"><strong>${said(turnIn(circle, you.id, this.nameOf))}</strong>
      ${left ? said(left) : nothing} ${next ? html`<span class="quiet-words">${said(next)}</span>` : nothing}</p>`;
  }

  /** What is to be known of somebody beside how they are seen and heard. */
  #said(seat: string): string {
    const { circle } = this;
    if (!circle) return "";
    if (circle.speaker === seat) return t("circle.mark.speaks");
    return circle.hands.includes(seat) ? t("circle.mark.hand") : "";
  }

  #gone(): TemplateResult | typeof nothing {
    const { circle } = this;
    if (!circle?.facilitator_gone_since || !circle.ends_at) return nothing;
    const values = { since: clock(circle.facilitator_gone_since, this.zone), end: clock(circle.ends_at, this.zone) };
    return html`<div class="panel ember" role="status"><p>${t("circle.gone", values)}</p></div>`;
  }

  protected notOkayButton(): TemplateResult | typeof nothing {
    if (this.side !== "/api" || this.#signalled) return nothing;
    return html`<button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#notOkay}>${t("circle.not-okay")}</button>`;
  }

  get #signalled(): boolean {
    return this.side === "/api" && (this.circle?.not_okay.length ?? 0) > 0;
  }

  /** They said that they are not okay: who knows of it, and where else there is help. */
  #ownTrouble(): TemplateResult | typeof nothing {
    if (!this.#signalled) return nothing;
    const seen = this.circle!.not_okay.some(({ done }) => done);
    return html`<section class="panel ember own-trouble" aria-labelledby="own-trouble">
      <h2 id="own-trouble" tabindex="-1">${t("circle.not-okay.told")}</h2>
      <p role="status">${t(seen ? "circle.not-okay.seen" : "circle.not-okay.unseen")}</p>
      ${helpWays()}
      <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${() => this.move("okay")}>${t("circle.okay")}</button></p>
    </section>`;
  }

  protected async move(move: Move): Promise<boolean> {
    const meeting = this.attendance?.meeting;
    if (!meeting) return false;
    return this.attempt(async () => this.attendance!.is(await call<Meeting>("POST", `${this.side}/meetings/${meeting.id}/moves`, { body: { move }, intent: this.#moving })));
  }

  protected readonly stepOut = async (): Promise<void> => {
    const sure = await confirmed({ heading: t("circle.out.ask"), text: t("circle.out.ask.text"), yes: t("circle.out.yes"), no: t("meet.leave.no") });
    if (!sure || !(await this.move("step_out"))) return;
    this.line?.media.stop();
    await this.readFromHeading();
  };

  readonly #comeIn = async (): Promise<void> => {
    const { mode } = this.attendance!;
    await this.line!.media.start({ audio: true, video: mode === "video" }).catch(() => {});
    if (await this.move("come_back")) await this.readFromHeading();
  };

  readonly #notOkay = async (): Promise<void> => {
    const sure = await confirmed({ heading: t("circle.not-okay.ask"), text: t("circle.not-okay.ask.text"), yes: t("circle.not-okay.yes"), no: t("circle.not-okay.no") });
    if (!sure || !(await this.move("not_okay"))) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#own-trouble")?.focus();
  };

  #lookForOne(): void {
    if (this.nobodyOpened && !this.busy && document.visibilityState === "visible") void this.begin();
  }

  /** While none is on, the room tells when one begins. What began before it was listened to is asked for. */
  #watch(): void {
    this.#unwatch?.();
    this.#unwatch = liveOf(this.side).watch(this.params["id"] ?? "", (frame) => {
      if (frame.type === "watching" || (frame.type === "circle" && frame["on"])) this.#lookForOne();
    });
  }
}

/** Where there is help, whatever becomes of the circle. */
export function helpWays(): TemplateResult {
  const names = new Intl.DisplayNames([locale()], { type: "region" });
  return html`<ul class="ways">
    ${settings().countries.slice(0, MOST_COUNTRIES).map((code) => html`<li><a class="way" href="${helpAddress(locale())}#${code}">${t("circle.help", { country: names.of(code) ?? code })}</a></li>`)}
    <li><a class="way" href=${helpAddress(locale())}>${t("footer.help")}</a></li>
  </ul>`;
}

export function said({ key, values }: Said): string {
  return t(key, values);
}
