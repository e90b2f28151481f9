/** One page for whoever keeps the rooms safe: concerns, what waits, how the rooms are doing. It keeps itself fresh. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { Problem } from "../../api/problem.ts";
import { staff } from "../../api/sign-in.ts";
import { announce } from "../../frame/announce.ts";
import { Page } from "../../frame/page.ts";
import { unread } from "../../frame/unread.ts";
import { Fetched } from "../../parts/fetched.ts";
import { clock } from "../../time/when.ts";
import { zoneHere } from "../../time/zones.ts";
import { t } from "../../words/language.ts";
import { Refocus } from "../refocus.ts";
import { acknowledge, concerns, openConcerns, resolve } from "./concerns.ts";
import { Every } from "./every.ts";
import { pulse, wordsNeeded } from "./pulse.ts";
import { decide, decideInWords, needsWords, type Outcome, queue, sureOf } from "./queue.ts";
import type { Concern, Queue, QueueItem } from "./types.ts";

const FRESH_EVERY_MS = 30_000;
const MINUTE_MS = 60_000;
/** What the API says when somebody else was quicker. */
const OVERTAKEN: readonly string[] = ["not_found", "already_decided", "changed_meanwhile"];

interface Shown extends Queue {
  readonly concerns: readonly Concern[];
  readonly at: number;
}

class ModerationPage extends Page {
  @state() private stale = false;
  readonly #shown = new Fetched<Shown>(this, ask);
  #turn = 0;
  readonly #acknowledging = new Intent();
  readonly #deciding = new Intent();

  constructor() {
    super();
    new Refocus(this, () => void this.#refresh());
    new Every(this, FRESH_EVERY_MS, () => void this.#refresh());
    new Every(this, MINUTE_MS, () => this.requestUpdate());
  }

  override opened(): void {
    this.faults = [];
    void this.#shown.load();
  }

  get #zone(): string {
    return staff.person?.zone ?? zoneHere();
  }

  protected override render(): TemplateResult {
    return html`${this.summary()} ${this.heading(t("staff.moderation.heading"))}
      ${this.#shown.render((shown) => this.#show(shown))}`;
  }

  #show(shown: Shown): TemplateResult {
    const now = Date.now();
    return html`<p class="freshness ${this.stale ? "stale" : ""}">${this.#freshness(shown)}
        <button type="button" class="link" @click=${() => this.#refresh(true)}>${t("staff.moderation.refresh")}</button></p>
      ${concerns(shown.concerns, {
        now, busy: this.busy, place: ({ room_id, seq }) => `/staff/rooms/${room_id}${seq ? `#message-${seq}` : ""}`,
        acknowledge: (of) => void this.#acknowledge(of), resolve: (of) => void this.#resolve(of),
      })}
      ${queue(shown.items, { now, busy: this.busy, chosen: (of, outcome) => void this.#decide(of, outcome) })}
      ${wordsNeeded(shown.words)}
      ${pulse(shown.rooms, this.#zone, now)}
      ${shown.rooms.length ? html`<p><a class="tall" href="/staff/words">${t("staff.moderation.words")}</a></p>` : nothing}`;
  }

  async #decide(of: QueueItem, outcome: Outcome): Promise<void> {
    if (!(await sureOf(of, outcome))) return;
    const done = needsWords(outcome) ? await decideInWords(of, outcome) : await this.#atOnce(() => decide(of, outcome, this.#deciding));
    if (done) await this.#dealtWith(of.id, "#queue-heading", t("staff.queue.done"));
  }

  async #acknowledge(of: Concern): Promise<void> {
    const done = await this.#atOnce(() => acknowledge(of, this.#acknowledging));
    if (done) await this.#dealtWith("", "#concerns-heading", t("staff.concerns.acknowledged.done"));
  }

  async #resolve(of: Concern): Promise<void> {
    if (await resolve(of)) await this.#dealtWith(of.id, "#concerns-heading", t("staff.concerns.resolved.done"));
  }

  /** A colleague may have been quicker: then what is shown is old. */
  #atOnce(work: () => Promise<unknown>): Promise<boolean> {
    return this.attempt(async () => {
      try {
        await work();
      } catch (failure) {
        if (!(failure instanceof Problem) || !OVERTAKEN.includes(failure.code)) throw failure;
        await this.#refresh();
        throw new Problem("dealt_with", failure.status);
      }
    });
  }

  /** What is decided goes from its list at once, before anybody can decide it again; and the focus with it. */
  async #dealtWith(gone: string, heading: string, said: string): Promise<void> {
    const shown = this.#shown.value;
    const others = <T extends { readonly id: string }>(list: readonly T[]): readonly T[] => list.filter(({ id }) => id !== gone);
    if (shown) this.#shown.set({ ...shown, items: others(shown.items), concerns: others(shown.concerns) });
    await this.#refresh();
    announce(said);
    await this.updateComplete;
    this.querySelector<HTMLElement>(heading)?.focus();
  }

  async #refresh(told = false): Promise<void> {
    const before = this.#shown.value;
    const turn = ++this.#turn;
    const found = await ask().catch(() => null);
    // An answer from before the latest decision would bring back what was decided.
    if (turn !== this.#turn) return;
    this.stale = found === null;
    if (found) {
      this.#shown.set(found);
      unread.note("/staff/moderation", found.items.length);
    }
    const count = before && found ? newIn(before, found) : 0;
    if (count) announce(t("staff.moderation.new", { count }));
    else if (told && before) announce(this.#freshness(found ?? before));
  }

  #freshness({ at }: Shown): string {
    return t(this.stale ? "staff.moderation.stale" : "staff.moderation.fresh", { time: clock(new Date(at).toISOString(), this.#zone) });
  }
}

async function ask(): Promise<Shown> {
  const [found, worries] = await Promise.all([call<Queue>("GET", "/api/staff/queue"), openConcerns()]);
  return { ...found, concerns: worries, at: Date.now() };
}

function newIn(before: Shown, after: Shown): number {
  const known = new Set([...before.items, ...before.concerns].map(({ id }) => id));
  return [...after.items, ...after.concerns].filter(({ id }) => !known.has(id)).length;
}

customElements.define("moderation-page", ModerationPage);
