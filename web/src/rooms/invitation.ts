/**
 * Where the link of an invitation leads. Its token stands in the fragment, which no server sees; it is taken out of the
 * address at once and kept in this tab, also while somebody signs in first.
 */

import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call } from "../api/call.ts";
import { Problem } from "../api/problem.ts";
import { member } from "../api/sign-in.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { Fetched } from "../parts/fetched.ts";
import { keep, kept } from "../parts/kept.ts";
import { t } from "../words/language.ts";
import type { Room } from "./types.ts";

const KEPT_IN = "hearthline.invitation";

export interface Invitation {
  readonly token: string;
  /** "" until the API has said which room it is for. */
  readonly room: string;
}

export const invitation = (): Invitation | null => kept<Invitation>(KEPT_IN);
export const keepInvitation = (held: Invitation | null): void => keep(KEPT_IN, held);

class InvitationPage extends Page {
  @state() private known = false;
  readonly #room = new Fetched<Room | null>(this, () => this.#look());
  readonly #again = (): void => this.opened();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#again);
  }

  override disconnectedCallback(): void {
    removeEventListener("hashchange", this.#again);
    super.disconnectedCallback();
  }

  override opened(): void {
    const token = decoded(location.hash.slice(1));
    if (token) {
      keepInvitation({ token, room: "" });
      history.replaceState(null, "", location.pathname);
    }
    void this.#room.load();
  }

  protected override render(): TemplateResult {
    return html`${this.heading(t("invitation.heading"))}
      ${this.#room.render(() => this.known ? html`<p class="panel">${t("invitation.no-good")}</p><p><a class="tall" href="/rooms">${t("rooms.back")}</a></p>` : this.#signInFirst())}`;
  }

  #signInFirst(): TemplateResult {
    return html`<p class="lead">${t("invitation.text")}</p>
      <p class="actions">
        <a class="button" href="/register">${t("nav.register")}</a>
        <a class="button quiet" href="/sign-in">${t("nav.sign-in")}</a>
      </p>`;
  }

  /** Goes on to the room; null when there is nothing to go on to. */
  async #look(): Promise<Room | null> {
    if (!(await member.start())) {
      router.wanted = "/invitation";
      return null;
    }
    const held = invitation();
    try {
      if (!held) throw new Problem("not_found", 404);
      const room = await call<Room>("POST", "/api/invitations", { body: { token: held.token } });
      keepInvitation({ token: held.token, room: room.id });
      void router.go(room.membership?.status === "joined" ? `/rooms/${room.id}/talk` : `/rooms/${room.id}`, "replace");
      return room;
    } catch (failure) {
      if (!(failure instanceof Problem) || ![404, 422].includes(failure.status)) throw failure;
      keepInvitation(null);
      this.known = true;
      return null;
    }
  }
}

customElements.define("invitation-page", InvitationPage);

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return "";
  }
}
