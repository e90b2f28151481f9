/** When facilitators are in a room: the ordinary week, what holds when nobody is there, and who comes in the next two weeks. */

import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api/call.ts";
import { Intent } from "../../api/intent.ts";
import { Problem } from "../../api/problem.ts";
import { announce } from "../../frame/announce.ts";
import { confirmed } from "../../parts/confirm.ts";
import { choices } from "../../parts/field.ts";
import { Fetched } from "../../parts/fetched.ts";
import { zoneLine } from "../../parts/zone-line.ts";
import { dayAndClock } from "../../time/when.ts";
import { t } from "../../words/language.ts";
import { Draft } from "../draft.ts";
import { newerNotice, saveBar } from "../save-bar.ts";
import { leaveUnsaved } from "../unsaved.ts";
import { ahead, type Exchange } from "./ahead.ts";
import { facilitators } from "./colleagues.ts";
import { RoomPage } from "./room-page.ts";
import { type Colleague, type Cover, type Rota, WITHOUT_COVER } from "./types.ts";
import { weekEditor, type WeekEditor } from "./week-editor.ts";
import { modeInWords } from "./words.ts";

class RotaPage extends RoomPage {
  readonly #draft = new Draft<Rota>(this, () => `${this.api}/rota`, ({ zone, without_cover, shifts }) => ({ zone, without_cover, shifts }),
    // A rota that nobody has written yet is on nobody's clock.
    (rota) => (rota.version ? rota : { ...rota, zone: this.zone }));
  readonly #people = new Fetched<readonly Colleague[]>(this, facilitators);
  readonly #exchanging = new Intent();

  get unsaved(): boolean {
    return this.#draft.unsaved || (this.#editor?.pending ?? false);
  }

  get #editor(): WeekEditor | null {
    return this.querySelector<WeekEditor>("week-editor");
  }

  override opened(): void {
    super.opened();
    this.#draft.load();
    void this.#people.load();
  }

  override async mayLeave(): Promise<boolean> {
    return !this.unsaved || leaveUnsaved();
  }

  protected override render(): TemplateResult {
    return html`${this.top(t("staff.rota.heading"))}
      <p>${t("staff.rota.text")}</p>
      ${this.#draft.newer ? newerNotice(() => this.#draft.discard()) : nothing}
      ${this.#draft.fetched.render((rota) => html`
        <p><strong>${modeInWords(rota.mode, rota.zone)}</strong></p>
        <section aria-labelledby="ahead-heading">
          <h2 id="ahead-heading" tabindex="-1">${t("staff.rota.ahead.heading")}</h2>
          ${rota.shifts.length ? ahead(rota, Date.now(), (what, of) => void this.#exchange(what, of)) : html`<p class="panel ember">${t("staff.rota.empty")} ${t(`staff.rota.ahead.${rota.without_cover}`)}</p>`}
        </section>
        ${this.#people.render((people) => this.#form(this.#draft.typed ?? rota, people))}`)}`;
  }

  #form(of: Rota, people: readonly Colleague[]): TemplateResult {
    return html`<form novalidate @submit=${this.#save}>
      <section aria-labelledby="week-heading">
        <h2 id="week-heading">${t("staff.rota.week")}</h2>
        ${zoneLine(of.zone, (zone) => this.#draft.change({ zone }))}
        ${weekEditor(of.shifts, people, this.room.value?.facilitator_ids ?? people.map(({ id }) => id), (shifts) => this.#draft.change({ shifts }))}
      </section>
      ${choices({
        id: "without_cover", label: t("staff.rota.without"), hint: t("staff.rota.without.hint"), chosen: [of.without_cover], fault: this.faultOf("without_cover"),
        options: WITHOUT_COVER.map((mode) => ({ value: mode, label: t(`staff.rota.without.${mode}`), hint: t(`staff.rota.without.${mode}.hint`) })),
        onChange: (mode) => this.#draft.change({ without_cover: mode as Rota["without_cover"] }),
      })}
      ${saveBar({ unsaved: this.#draft.unsaved, busy: this.busy, said: this.#draft.said, discard: () => this.#discard() })}
    </form>`;
  }

  #discard(): void {
    this.faults = [];
    this.#draft.discard();
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    // A shift that was begun and not added is meant all the same.
    if (this.#editor?.pending && !this.#editor.add()) return;
    if (!(await this.attempt(() => this.#draft.save()))) return;
    this.#draft.saved(t("staff.rota.saved"));
  };

  async #exchange(what: Exchange, { shift_id, on, start }: Cover): Promise<void> {
    const version = this.#draft.fetched.value?.version;
    const zone = this.#draft.fetched.value?.zone ?? this.zone;
    const when = dayAndClock(start, zone);
    if (what === "drop" && !(await confirmed({ heading: t("staff.swap.drop.ask"), text: t("staff.swap.drop.text", { when }), yes: t("staff.swap.drop") }))) return;
    const done = await this.attempt(async () => {
      try {
        this.#draft.renew(await call<Rota>("POST", `${this.api}/rota/swaps`, { body: { shift_id, on, do: what, version }, intent: this.#exchanging }));
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 409) this.#draft.renew(await call<Rota>("GET", `${this.api}/rota`));
        throw failure;
      }
    });
    if (!done) return;
    announce(t(`staff.swap.${what}.done`, { when }));
    await this.updateComplete;
    this.querySelector<HTMLElement>("#ahead-heading")?.focus();
  }
}

customElements.define("rota-page", RotaPage);
