/**
 * The base of every page. A page draws one `heading(…)` at all times (also while it loads), because the title of the
 * document and the focus after a navigation follow it.
 */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { inWords, Problem } from "../api/problem.ts";
import { announce } from "./announce.ts";
import { settings } from "./settings.ts";
import { t } from "../words/language.ts";
import { Part } from "./part.ts";

/** Something to put right; `field` is the id of the input at fault. */
export interface Fault {
  readonly field?: string | undefined;
  readonly words: string;
}

/** After this long, people who listen are told that something is still going on. */
const SLOW_MS = 1_000;

export type Params = Readonly<Record<string, string>>;

export abstract class Page extends Part {
  params: Params = {};

  /** True while `attempt` works: buttons say so, and a second press does nothing. */
  @state() protected busy = false;
  @state() protected faults: readonly Fault[] = [];

  constructor() {
    super();
    this.addController({ hostUpdated: () => this.#entitle() });
  }

  /** Called each time an address leads here, with `params` set. The place to start loading. */
  opened(): void {}

  /** Says whether the page may be left for the path `_to`; a page with something unsaved asks the person first. */
  mayLeave(_to: string): boolean | Promise<boolean> {
    return true;
  }

  protected heading(words: string): TemplateResult {
    return html`<h1 tabindex="-1">${words}</h1>`;
  }

  /** The list of faults, to be drawn above the heading. */
  protected summary(): TemplateResult | string {
    if (!this.faults.length) return "";
    return html`<div class="fault-summary" role="alert" tabindex="-1" aria-labelledby="fault-heading">
      <h2 id="fault-heading">${t("error.heading")}</h2>
      <ul>
        ${this.faults.map(({ field, words }) =>
          field ? html`<li><a href="#${field}" @click=${this.#toField}>${words}</a></li>` : html`<li>${words}</li>`)}
      </ul>
    </div>`;
  }

  protected faultOf(field: string): string {
    return this.faults.find((fault) => fault.field === field)?.words ?? "";
  }

  /** Shows what is to be put right, and takes the focus there. */
  protected async blame(...faults: Fault[]): Promise<void> {
    this.faults = faults;
    await this.updateComplete;
    this.querySelector<HTMLElement>(".fault-summary")?.focus();
  }

  /** For a page that turned into another one in place: reading starts again at the heading. */
  protected async readFromHeading(): Promise<void> {
    await this.updateComplete;
    scrollTo(0, 0);
    this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  /** Does something that may fail. What fails is shown in words; everything typed stays. Answers whether it worked. */
  protected async attempt(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.faults = [];
    const slow = setTimeout(() => announce(t("waiting")), SLOW_MS);
    try {
      await work();
      return true;
    } catch (failure) {
      if (!(failure instanceof Problem)) console.error(failure);
      const field = failure instanceof Problem && failure.field && this.querySelector(`#${CSS.escape(failure.field)}`) ? failure.field : undefined;
      void this.blame({ field, words: inWords(failure) });
      return false;
    } finally {
      clearTimeout(slow);
      this.busy = false;
    }
  }

  readonly #toField = (event: Event): void => {
    event.preventDefault();
    const id = (event.currentTarget as HTMLAnchorElement).hash.slice(1);
    document.getElementById(id)?.focus();
  };

  #entitle(): void {
    // A form that is part of a page has no heading of its own, and its faults are the page's.
    const heading = (this.querySelector("h1") ?? this.closest("main")?.querySelector("h1"))?.textContent?.trim();
    if (!heading || !this.isConnected) return;
    const title = `${heading} – ${settings().organisation}`;
    document.title = this.faults.length ? t("error.prefix", { title }) : title;
  }
}
