/** The base of every element: light DOM (so labels, styles and password managers just work), redrawn in a new language. */

import { LitElement } from "lit";

export class Part extends LitElement {
  readonly #redraw = (): void => this.requestUpdate();

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("language", this.#redraw);
  }

  override disconnectedCallback(): void {
    document.removeEventListener("language", this.#redraw);
    super.disconnectedCallback();
  }
}
