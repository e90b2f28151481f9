/**
 * An address that notices go to, from nothing to on: it is given, a code comes, the code is typed here. Until then nothing
 * else is sent there. Of the address the API shows only what its owner knows it by.
 *
 * `<email-channel api="/api">` and `<sms-channel api="/api">` are made of it. Where the organisation does not have
 * the channel they draw nothing. They tell of each change with the event "channel".
 */

import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { announce } from "../frame/announce.ts";
import { PagePart } from "../frame/page-part.ts";
import { settings } from "../frame/settings.ts";
import { textField, typed, type TextField } from "../parts/field.ts";
import { Fetched } from "../parts/fetched.ts";
import { type Key, needWords, t, tCode } from "../words/language.ts";

export interface ChannelState {
  readonly channel: "email" | "sms";
  readonly state: "none" | "unverified" | "on" | "off";
  /** Such as "a…@e…"; null where there is none. */
  readonly address: string | null;
  /** Why it is off: "bounced", "complained", "unsubscribed", "stopped", "refused". */
  readonly why: string | null;
}

/** How one channel differs from the other. */
export interface Kind {
  readonly channel: ChannelState["channel"];
  readonly field: Pick<TextField, "type" | "autocomplete" | "inputmode">;
  /** What was typed, as the API takes it; null when it can be no address. */
  readonly read: (typed: string) => string | null;
}

export abstract class AddressChannel extends PagePart {
  /** Where the API of this audience is: "/api", or "/api/staff". */
  @property() api = "/api";
  @state() private ready = false;
  /** Somebody who has an address wants to give another. */
  @state() private anew = false;
  /** What was just given, so that a code can be sent again. After a reload nobody knows it here. */
  #given = "";
  readonly #giving = new Intent();
  readonly #confirming = new Intent();
  readonly #channel = new Fetched<ChannelState>(this, () => this.#look());

  protected abstract readonly kind: Kind;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#there) return;
    void needWords(["reminders-channels"]).then(() => (this.ready = true), () => {});
    void this.#channel.load();
  }

  get #there(): boolean {
    return settings().channels.includes(this.kind.channel);
  }

  get #path(): string {
    return `${this.api}/me/channels/${this.kind.channel}`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#there || !this.ready) return nothing;
    const heading = this.#id("heading");
    return html`<section class="panel" aria-labelledby=${heading}>
      <h3 id=${heading} tabindex="-1">${this.#say("heading")}</h3>
      ${this.trouble()}
      ${this.#channel.render((channel) => this.#show(channel))}
    </section>`;
  }

  #show(channel: ChannelState): TemplateResult {
    if (this.anew || channel.state === "none") return this.#ask(channel);
    if (channel.state === "unverified") return this.#askForCode(channel);
    if (channel.state === "on") return this.#on(channel);
    return html`<p>${tCode("channel-off", channel.why ?? "")}</p>${this.#ask(channel)}`;
  }

  #ask({ state }: ChannelState): TemplateResult {
    const again = state !== "none";
    return html`${again ? nothing : html`<p>${this.#say("text")}</p>`}
      <form novalidate @submit=${this.#give}>
        ${textField({
          id: this.#id("address"), label: this.#say("label"), hint: this.#say("hint"), fault: this.faultOf(this.#id("address")),
          latin: true, ...this.kind.field,
        })}
        <p class="actions">
          <button class="button quiet" aria-disabled=${this.busy}>${t("channel.send-code")}</button>
          ${this.anew ? html`<button type="button" class="button quiet" @click=${() => this.#turn(false)}>${t("cancel")}</button>` : nothing}
          ${state === "off" && !this.anew ? this.#removeButton() : nothing}
        </p>
      </form>
      <p class="quiet-words">${t("channel.promise")}</p>`;
  }

  #askForCode({ address }: ChannelState): TemplateResult {
    return html`<p>${t("channel.code.sent")} ${shown(address)}</p>
      <form novalidate @submit=${this.#confirm}>
        ${textField({
          id: this.#id("code"), label: t("channel.code.label"), hint: this.#say("code.hint"), fault: this.faultOf(this.#id("code")),
          inputmode: "numeric", autocomplete: "one-time-code", latin: true,
        })}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("channel.confirm")}</button>
          ${this.#given ? html`<button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#again}>${t("channel.code.again")}</button>` : nothing}
          <button type="button" class="button quiet" @click=${() => this.#turn(true)}>${this.#say("other")}</button>
          ${this.#removeButton()}
        </p>
      </form>`;
  }

  #on({ address }: ChannelState): TemplateResult {
    return html`<p>${this.#say("on")} ${shown(address)}</p>
      <p class="actions">
        <button type="button" class="button quiet" @click=${() => this.#turn(true)}>${this.#say("other")}</button>
        ${this.#removeButton()}
      </p>`;
  }

  #removeButton(): TemplateResult {
    return html`<button type="button" class="button quiet" aria-disabled=${this.busy} @click=${this.#remove}>${t("channel.remove")}</button>`;
  }

  readonly #give = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const address = this.kind.read(typed(event.currentTarget as HTMLFormElement)[this.#id("address")] ?? "");
    if (!address) return this.blame({ field: this.#id("address"), words: this.#say("fault") });
    await this.#send(address);
  };

  readonly #again = (): Promise<void> => this.#send(this.#given);

  async #send(address: string): Promise<void> {
    const done = await this.attempt(async () => {
      this.#channel.set(await this.#put("", { address }, this.#giving));
    });
    if (!done) return;
    this.#given = address;
    await this.#turn(false);
    announce(this.#say("code.hint"));
  }

  readonly #confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const code = (typed(event.currentTarget as HTMLFormElement)[this.#id("code")] ?? "").replace(/[٠-٩]/g, latinDigit).replace(/\s/g, "");
    if (!/^\d{6}$/.test(code)) return this.blame({ field: this.#id("code"), words: t("channel.code.fault") });
    const done = await this.attempt(async () => {
      this.#channel.set(await this.#put("/verification", { code }, this.#confirming));
    });
    if (!done) return;
    this.#given = "";
    await this.#turn(false);
    announce(t("channel.confirmed"));
  };

  readonly #remove = async (): Promise<void> => {
    const done = await this.attempt(async () => {
      await call<void>("DELETE", this.#path, { body: {} });
      this.#channel.set({ channel: this.kind.channel, state: "none", address: null, why: null });
    });
    if (!done) return;
    this.#given = "";
    await this.#turn(false);
    announce(this.#say("removed"));
  };

  /** What had the focus may be gone: reading goes on at the heading. */
  async #turn(anew: boolean): Promise<void> {
    this.anew = anew;
    this.faults = [];
    this.dispatchEvent(new CustomEvent("channel", { bubbles: true, detail: this.#channel.value }));
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#${this.#id("heading")}`)?.focus();
  }

  /** Two channels stand on one page, so a field that the API calls "code" is "email-code" here. */
  async #put(what: string, body: object, intent: Intent): Promise<ChannelState> {
    try {
      return await call<ChannelState>("PUT", `${this.#path}${what}`, { body, intent });
    } catch (failure) {
      if (!(failure instanceof Problem) || !failure.field) throw failure;
      throw new Problem(failure.code, failure.status, this.#id(failure.field), failure.extra, failure.retryAfter);
    }
  }

  async #look(): Promise<ChannelState> {
    const { channels } = await call<{ channels: ChannelState[] }>("GET", `${this.api}/me/channels`);
    const { channel } = this.kind;
    return channels.find((one) => one.channel === channel) ?? { channel, state: "none", address: null, why: null };
  }

  #id(name: string): string {
    return `${this.kind.channel}-${name}`;
  }

  #say(what: "heading" | "text" | "label" | "hint" | "fault" | "code.hint" | "other" | "on" | "removed"): string {
    return t(`${this.kind.channel}.${what}` as Key);
  }
}

function shown(address: string | null): TemplateResult {
  return html`<bdi dir="ltr"><strong>${address}</strong></bdi>`;
}

function latinDigit(digit: string): string {
  return String(digit.charCodeAt(0) - 0x660);
}
