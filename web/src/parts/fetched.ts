/** Something a page shows that comes from the API: waiting, there, or not reachable with a way to try again. */

import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { inWords } from "../api/problem.ts";
import { t } from "../words/language.ts";

export class Fetched<T> implements ReactiveController {
  value: T | undefined;
  failure: unknown;
  #turn = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly fetch: () => Promise<T>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("online", this.#again);
  }

  hostDisconnected(): void {
    removeEventListener("online", this.#again);
    this.#turn++;
  }

  readonly #again = (): void => {
    if (this.failure) void this.load();
  };

  /** Asks (again). What is shown stays until the answer is there; an answer that was overtaken is dropped. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.failure = undefined;
    this.host.requestUpdate();
    try {
      const value = await this.fetch();
      if (turn === this.#turn) this.value = value;
    } catch (failure) {
      if (turn === this.#turn) this.failure = failure;
    }
    if (turn === this.#turn) this.host.requestUpdate();
  }

  set(value: T): void {
    this.#turn++;
    this.value = value;
    this.failure = undefined;
    this.host.requestUpdate();
  }

  clear(): void {
    this.value = undefined;
    this.failure = undefined;
  }

  render(show: (value: T) => unknown): unknown {
    if (this.failure) return this.#failed();
    if (this.value === undefined) return html`<p class="waiting" role="status">${t("waiting")}</p>`;
    return show(this.value);
  }

  #failed(): TemplateResult {
    return html`<div class="panel ember" role="alert">
      <p>${inWords(this.failure)}</p>
      <p><button class="button" @click=${() => this.load()}>${t("retry")}</button></p>
    </div>`;
  }
}
