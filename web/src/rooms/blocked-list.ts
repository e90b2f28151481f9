/** Those whom the reader has blocked in a room, and unblocking them. Asked for when it is opened. */

import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { inWords } from "../api/problem.ts";
import { announce } from "../frame/announce.ts";
import { Part } from "../frame/part.ts";
import { Fetched } from "../parts/fetched.ts";
import { t } from "../words/language.ts";
import { avatar } from "./avatar.ts";
import { handle } from "./words.ts";

interface Blocked {
  readonly id: string;
  readonly handle: string;
}

class BlockedList extends Part {
  @property({ attribute: false }) room = "";
  @state() private problem = "";
  readonly #blocked = new Fetched(this, async () => (await call<{ members: Blocked[] }>("GET", `/api/rooms/${this.room}/blocks`)).members);

  protected override render(): TemplateResult {
    return html`<details @toggle=${this.#turned}>
      <summary>${t("block.list")}</summary>
      <p>${t("block.list.text")}</p>
      ${this.problem ? html`<p class="fault" role="alert">${this.problem}</p>` : ""}
      ${this.#blocked.render((members) => members.length
        ? html`<ul class="plain">${members.map((member) => html`<li class="with-avatar">${avatar(member.id)} ${handle(member.handle)}
            <button class="link" @click=${() => this.#unblock(member)}>${t("block.undo")}<span class="heard-only">: ${member.handle}</span></button></li>`)}</ul>`
        : html`<p class="quiet-words">${t("block.none")}</p>`)}
    </details>`;
  }

  readonly #turned = (event: Event): void => {
    if ((event.target as HTMLDetailsElement).open) void this.#blocked.load();
  };

  async #unblock({ id }: Blocked): Promise<void> {
    this.problem = "";
    try {
      await call("DELETE", `/api/rooms/${this.room}/blocks/${id}`, { body: {}, intent: new Intent() });
      this.#blocked.set((this.#blocked.value ?? []).filter((member) => member.id !== id));
      announce(t("block.undone"));
      this.querySelector<HTMLElement>("summary")?.focus();
    } catch (failure) {
      this.problem = inWords(failure);
    }
  }
}

customElements.define("blocked-list", BlockedList);
