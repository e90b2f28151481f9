/** `<calendar-feed prefix="/api">`: an address under which one's own calendar reads one's appointments. Shown once. */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { longDay } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { t } from "../words/language.ts";

interface Feed {
  readonly made_at: string | null;
}

class CalendarFeed extends PagePart {
  @property() override prefix: "/api" | "/api/staff" = "/api";
  @state() private address = "";
  @state() private said = "";
  readonly #making = new Intent();
  readonly #removing = new Intent();
  readonly #feed = new Fetched<Feed>(this, () => call<Feed>("GET", this.#path));

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#feed.load();
  }

  get #path(): string {
    return `${this.prefix}/me/calendar-feed`;
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="feed-heading">
      <h2 id="feed-heading">${t("feed.heading")}</h2>
      <p>${t("feed.text")}</p>
      ${this.#feed.render((feed) => (this.address ? this.#made() : this.#kept(feed)))}
      ${this.trouble()}
    </section>`;
  }

  #kept({ made_at }: Feed): TemplateResult {
    return html`<p>${made_at ? t("feed.since", { day: longDay(made_at, zoneHere()) }) : t("feed.none")}</p>
      <p class="hint">${t("feed.secret")}</p>
      <p class="actions">
        <button class="button ${made_at ? "quiet" : ""}" aria-disabled=${this.busy} @click=${() => this.#make(made_at !== null)}>${t(made_at ? "feed.again" : "feed.make")}</button>
        ${made_at ? html`<button class="button quiet" aria-disabled=${this.busy} @click=${this.#remove}>${t("feed.remove")}</button>` : nothing}
      </p>`;
  }

  #made(): TemplateResult {
    return html`<div class="panel good">
        <p id="feed-made" tabindex="-1">${t("feed.made")}</p>
        <p><label for="feed-address">${t("feed.address")}</label>
          <input id="feed-address" dir="ltr" readonly .value=${this.address} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}></p>
        <p class="actions"><button class="button" @click=${this.#copy}>${t("feed.copy")}</button><span>${this.said}</span></p>
      </div>
      <p class="hint">${t("feed.secret")}</p>
      <h3>${t("feed.how")}</h3>
      <ul>
        <li>${t("feed.how.google")}</li>
        <li>${t("feed.how.apple")}</li>
        <li>${t("feed.how.outlook")}</li>
      </ul>
      <p>${t("feed.how.late")}</p>`;
  }

  async #make(again: boolean): Promise<void> {
    if (again && !(await confirmed({ heading: t("feed.again.question"), text: t("feed.again.text"), yes: t("feed.again") }))) return;
    const made = await this.attempt(async () => {
      const { path } = await call<{ readonly path: string }>("POST", this.#path, { body: {}, intent: this.#making });
      this.address = location.origin + path;
    });
    if (!made) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#feed-made")?.focus();
  }

  readonly #remove = async (): Promise<void> => {
    if (!(await confirmed({ heading: t("feed.remove.question"), text: t("feed.remove.text"), yes: t("feed.remove") }))) return;
    await this.attempt(async () => {
      await call("DELETE", this.#path, { intent: this.#removing });
      this.#feed.set({ made_at: null });
      announce(t("feed.removed"));
    });
  };

  readonly #copy = async (): Promise<void> => {
    const worked = await navigator.clipboard.writeText(this.address).then(() => true, () => false);
    this.said = t(worked ? "feed.copied" : "feed.copy-failed");
    announce(this.said);
  };
}

customElements.define("calendar-feed", CalendarFeed);
