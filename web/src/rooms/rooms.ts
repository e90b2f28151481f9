import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { TOPICS } from "../api/types.ts";
import { announce } from "../frame/announce.ts";
import { Page } from "../frame/page.ts";
import { settings } from "../frame/settings.ts";
import { Fetched } from "../parts/fetched.ts";
import { type Option, selectField, textField } from "../parts/field.ts";
import { keep, kept } from "../parts/kept.ts";
import { nameOfLanguage, t, tCode } from "../words/language.ts";
import { roomCard } from "./card.ts";
import { AUDIENCES, type RoomCard } from "./types.ts";

interface Wishes {
  readonly topic: string;
  readonly language: string;
  readonly tag: string;
  readonly audience: string;
  readonly live: string;
}
const NO_WISHES: Wishes = { topic: "", language: "", tag: "", audience: "", live: "" };
/** In this tab only: what somebody looks for belongs in no address. */
const KEPT_IN = "hearthline.room-wishes";
const TYPING_MS = 400;

class RoomsPage extends Page {
  @state() private wanted: Wishes = NO_WISHES;
  readonly #mine = new Fetched(this, async () => (await call<{ rooms: RoomCard[] }>("GET", "/api/memberships")).rooms.filter(({ kind }) => kind === "group"));
  readonly #found = new Fetched(this, () => this.#find());
  #typing: ReturnType<typeof setTimeout> | undefined;

  override opened(): void {
    this.wanted = { ...NO_WISHES, ...kept<Wishes>(KEPT_IN) };
    void this.#mine.load();
    void this.#found.load();
  }

  protected override render(): TemplateResult {
    const wishing = Object.values(this.wanted).some(Boolean);
    return html`${this.heading(t("rooms.heading"))}
      <p class="lead">${t("rooms.text")}</p>
      <section aria-labelledby="mine">
        <h2 id="mine">${t("rooms.mine")}</h2>
        ${this.#mine.render((rooms) => rooms.length ? html`<ul class="cards">${rooms.map(roomCard)}</ul>` : html`<p class="panel">${t("rooms.mine.none")}</p>`)}
      </section>
      <section aria-labelledby="others">
        <h2 id="others">${t("rooms.others")}</h2>
        <form class="wishes" aria-label=${t("find.wishes")} @submit=${(event: Event) => event.preventDefault()}>
          ${this.#wish("topic", t("rooms.topic"), TOPICS.map((code) => ({ value: code, label: tCode("topic", code) })))}
          ${this.#wish("language", t("find.language"), settings().languages.map((tag) => ({ value: tag, label: nameOfLanguage(tag) })))}
          ${this.#wish("audience", t("rooms.audience"), AUDIENCES.map((code) => ({ value: code, label: tCode("audience", code) })))}
          ${this.#wish("live", t("rooms.times"), [{ value: "true", label: t("room.badge.live") }])}
          ${textField({ id: "tag", type: "search", label: t("rooms.tag"), value: this.wanted.tag, onInput: (typed) => this.#type(typed) })}
        </form>
        ${wishing ? html`<p><button class="link" @click=${() => this.#wishFor(NO_WISHES)}>${t("find.clear")}</button></p>` : nothing}
        ${this.#found.render((rooms) => this.#list(rooms, wishing))}
      </section>`;
  }

  #wish(name: keyof Wishes, label: string, options: readonly Option[]): TemplateResult {
    return selectField({
      id: name,
      label,
      value: this.wanted[name],
      options: [{ value: "", label: t("find.any") }, ...options],
      onChange: (value) => this.#wishFor({ ...this.wanted, [name]: value }),
    });
  }

  #list(rooms: readonly RoomCard[], wishing: boolean): TemplateResult {
    const others = this.#others(rooms);
    if (!others.length) return html`<p class="panel">${t(wishing ? "rooms.none" : "rooms.none.at-all")}</p>`;
    return html`<ul class="cards">${others.map(roomCard)}</ul>`;
  }

  /** One's own stand above already. */
  #others(rooms: readonly RoomCard[]): readonly RoomCard[] {
    return rooms.filter(({ membership }) => membership?.status !== "joined" && membership?.status !== "requested");
  }

  #type(typed: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#wishFor({ ...this.wanted, tag: typed.trim() }), TYPING_MS);
  }

  async #wishFor(wanted: Wishes): Promise<void> {
    this.wanted = wanted;
    keep(KEPT_IN, wanted);
    await this.#found.load();
    const rooms = this.#found.value;
    if (rooms && !this.#found.failure) announce(t("rooms.found", { count: this.#others(rooms).length }));
  }

  async #find(): Promise<readonly RoomCard[]> {
    const asked = Object.entries(this.wanted).filter(([, value]) => value);
    return (await call<{ rooms: RoomCard[] }>("GET", `/api/rooms?${new URLSearchParams(asked)}`)).rooms;
  }
}

customElements.define("rooms-page", RoomsPage);
