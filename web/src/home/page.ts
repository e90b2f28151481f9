import { html, nothing, type TemplateResult } from "lit";
import { member, staff } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { locale, t } from "../words/language.ts";
import { front, type Reader } from "./front.ts";

class HomePage extends Page {
  readonly #changed = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    for (const signIn of [member, staff]) signIn.addEventListener("change", this.#changed);
  }

  override disconnectedCallback(): void {
    for (const signIn of [member, staff]) signIn.removeEventListener("change", this.#changed);
    super.disconnectedCallback();
  }

  /** The app itself asks only for clients; whether this is staff matters on no other public page. */
  override opened(): void {
    void staff.start().catch(() => {});
  }

  protected override render(): unknown {
    const as = reader();
    return html`${as === "client" ? heldTime() : nothing}${front(html, t, locale(), as)}`;
  }
}

/** Loaded for clients alone: a first visit does not wait for it. */
function heldTime(): TemplateResult {
  void import("../booking/held-time.ts").catch(() => {});
  return html`<held-time></held-time>`;
}

function reader(): Reader {
  if (member.likely) return "client";
  if (!staff.likely) return "stranger";
  return staff.person?.roles.includes("counselor") ? "counselor" : "other staff";
}

customElements.define("home-page", HomePage);
