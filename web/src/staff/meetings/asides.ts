/** What a counselor wants beside a meeting and after it: an emergency procedure, their note, a worry, the next appointment, a break. */

import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { t } from "../../words/language.ts";
import "./emergency-procedure.ts";
import type { AppointmentNote } from "./note.ts";

type Aside = "note" | "concern" | "next" | "break";

/** None of these is waited for when a call begins. */
const LOADERS: Readonly<Record<Aside, () => Promise<unknown>>> = {
  note: () => import("./note.ts"),
  concern: () => import("./raise-concern.ts"),
  next: () => import("./next-appointment.ts"),
  break: () => import("./short-break.ts"),
};

export class Asides implements ReactiveController {
  /** What was opened once stays, folded or not: there may be words in it. */
  readonly #opened = new Set<Aside>();
  #of = "";

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {}

  get unsaved(): boolean {
    return this.host.querySelector<AppointmentNote>("appointment-note")?.unsaved ?? false;
  }

  /** `over`: the meeting is, and what follows it is offered. */
  draw(appointment: string, over: boolean, end: string): TemplateResult {
    if (this.#of !== appointment) this.#opened.clear();
    this.#of = appointment;
    return html`<div class="asides">
      <emergency-procedure></emergency-procedure>
      ${this.#aside("note", html`<appointment-note appointment=${appointment}></appointment-note>`)}
      ${this.#aside("concern", html`<raise-concern appointment=${appointment}></raise-concern>`)}
      ${this.#aside("next", html`<next-appointment appointment=${appointment}></next-appointment>`)}
      ${over ? html`<section class="panel" aria-labelledby="hard"><h2 id="hard">${t("staff.meet.hard")}</h2>${this.#break(appointment, end)}</section>` : nothing}
    </div>`;
  }

  #break(appointment: string, end: string): TemplateResult {
    if (!this.#opened.has("break")) this.#open("break");
    return html`<short-break appointment=${appointment} end=${end}></short-break>`;
  }

  #aside(name: Aside, content: TemplateResult): TemplateResult {
    return html`<details class="aside" @toggle=${() => this.#open(name)}>
      <summary>${t(`aside.${name}`)}</summary>
      ${this.#opened.has(name) ? content : nothing}
    </details>`;
  }

  #open(name: Aside): void {
    if (this.#opened.has(name)) return;
    this.#opened.add(name);
    void LOADERS[name]().catch(() => this.#opened.delete(name)).then(() => this.host.requestUpdate());
    this.host.requestUpdate();
  }
}
