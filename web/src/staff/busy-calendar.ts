/** `<busy-calendar>`: another calendar of a counselor's, whose busy times nobody can book. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { confirmed } from "../parts/confirm.ts";
import { Fetched } from "../parts/fetched.ts";
import { textField } from "../parts/field.ts";
import { dayAndClock } from "../time/when.ts";
import { zoneHere } from "../time/zones.ts";
import { t, tCode } from "../words/language.ts";

interface Watched {
  readonly address: string;
  readonly read_at: string | null;
  readonly skipped: number;
  readonly failing_since: string | null;
  readonly trouble: string | null;
}
interface Known {
  readonly calendar: Watched | null;
}
const PATH = "/api/staff/busy-calendar";

class BusyCalendar extends PagePart {
  #typed = "";
  readonly #saving = new Intent();
  readonly #removing = new Intent();
  readonly #known = new Fetched<Known>(this, () => call<Known>("GET", PATH));

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#known.load();
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="busy-heading">
      <h2 id="busy-heading">${t("busy.heading")}</h2>
      <p>${t("busy.text")}</p>
      ${this.#known.render(({ calendar }) => (calendar ? this.#watched(calendar) : this.#form()))}
      ${this.trouble()}
    </section>`;
  }

  #watched({ address, read_at, skipped, failing_since, trouble }: Watched): TemplateResult {
    const when = (instant: string): string => dayAndClock(instant, zoneHere());
    return html`<p id="busy-watched" tabindex="-1">${t("busy.at", { address })}</p>
      ${trouble && failing_since
        ? html`<div class="panel ember"><p>${t("busy.trouble", { when: when(failing_since) })} ${tCode("calendar-trouble", trouble)}</p>
            ${read_at ? html`<p>${t("busy.read", { when: when(read_at) })} ${t("busy.day")}</p>` : nothing}</div>`
        : html`<p>${read_at ? t("busy.read", { when: when(read_at) }) : t("busy.waiting")} ${skipped ? t("busy.skipped", { count: skipped }) : nothing}</p>`}
      <p><button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#remove}>${t("busy.remove")}</button></p>`;
  }

  #form(): TemplateResult {
    return html`<form novalidate @submit=${this.#save}>
      ${textField({
        id: "address", type: "text", inputmode: "url", latin: true, label: t("busy.address"), hint: t("busy.address.hint"),
        fault: this.faultOf("address"), value: this.#typed, onInput: (typed) => (this.#typed = typed),
      })}
      <p><button class="button" aria-disabled=${this.busy}>${t(this.busy ? "busy.saving" : "busy.save")}</button></p>
    </form>`;
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const address = this.#typed.trim();
    if (!/^https:\/\/\S+$/i.test(address)) return this.blame({ field: "address", words: t("busy.missing") });
    const saved = await this.attempt(async () => {
      this.#known.set({ calendar: await call<Watched>("PUT", PATH, { body: { address }, intent: this.#saving }) });
      this.#typed = "";
      announce(t("busy.saved"));
    });
    if (!saved) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#busy-watched")?.focus();
  };

  readonly #remove = async (): Promise<void> => {
    if (!(await confirmed({ heading: t("busy.remove.question"), text: t("busy.remove.text"), yes: t("busy.remove") }))) return;
    await this.attempt(async () => {
      await call("DELETE", PATH, { intent: this.#removing });
      this.#known.set({ calendar: null });
      announce(t("busy.removed"));
    });
  };
}

customElements.define("busy-calendar", BusyCalendar);
