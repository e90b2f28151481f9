/** Making an account: password, name, recovery codes; one thing per page, and nothing typed is lost on the way back. */

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { call, callToSignIn } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { member } from "../api/sign-in.ts";
import type { Challenge } from "../api/types.ts";
import { Page } from "../frame/page.ts";
import { router } from "../frame/router.ts";
import { Fetched } from "../parts/fetched.ts";
import { choices, typed } from "../parts/field.ts";
import { passwordField } from "../parts/password.ts";
import { zoneHere } from "../time/zones.ts";
import { locale, t } from "../words/language.ts";
import type { RecoveryCodes } from "./codes.ts";
import { passwordFault } from "./password-rule.ts";

interface Offer {
  readonly challenge: Challenge;
  readonly handles: readonly string[];
}
const STEPS = ["password", "name", "codes"] as const;

const codesPiece = (): Promise<typeof import("./codes.ts")> => import("./codes.ts");

class RegisterPage extends Page {
  /** While the codes are on the screen and not yet saved. */
  unsaved = false;
  @state() private password = "";
  @state() private handle = "";
  @state() private codes: readonly string[] = [];
  @state() private done = 0;
  @state() private waitingForProof = false;
  #offer = new Fetched<Offer>(this, () => this.#newOffer());
  #proof: Promise<number | null> = Promise.resolve(null);
  #work = new AbortController();
  readonly #intent = new Intent();

  override opened(): void {
    if (this.#step !== "password" && !this.password) return void router.go("/register", "replace");
    if (this.#step === "codes" && !this.codes.length) return void router.go("/register/name", "replace");
    this.faults = [];
    // The work starts while the person thinks about a password, and is mostly done before it is needed.
    if (!this.#offer.value) void this.#offer.load();
  }

  override disconnectedCallback(): void {
    this.#work.abort();
    super.disconnectedCallback();
  }

  override async mayLeave(to: string): Promise<boolean> {
    if (!this.unsaved || to === "/register/codes") return true;
    const { leaveWithoutCodes } = await codesPiece();
    if (!(await leaveWithoutCodes())) return false;
    this.unsaved = false;
    return true;
  }

  get #step(): (typeof STEPS)[number] {
    return this.params["step"] === "name" || this.params["step"] === "codes" ? this.params["step"] : "password";
  }

  protected override render(): TemplateResult {
    const step = this.#step;
    return html`${this.summary()}
      <p class="step">${t("register.step", { at: STEPS.indexOf(step) + 1, of: STEPS.length })}</p>
      ${this.heading(t(`register.heading.${step}`))}
      ${step === "password" ? this.#passwordStep() : step === "name" ? this.#nameStep() : this.#codesStep()}`;
  }

  #passwordStep(): TemplateResult {
    return html`<p>${t("register.intro")}</p>
      <form novalidate @submit=${this.#keepPassword}>
        ${passwordField({ id: "password", label: t("register.password"), hint: t("register.password.hint"), fault: this.faultOf("password"), value: this.password, autocomplete: "new-password" })}
        <p class="actions"><button class="button">${t("continue")}</button></p>
      </form>
      <p><a class="tall" href="/sign-in">${t("register.have")}</a></p>`;
  }

  #nameStep(): TemplateResult {
    return html`<p>${t("register.name.text")}</p>
      <form novalidate @submit=${this.#create}>
        ${this.#offer.render(({ handles }) => choices({
          id: "handle",
          label: t("register.name.legend"),
          fault: this.faultOf("handle"),
          options: handles.map((handle) => ({ value: handle, label: handle })),
          chosen: [this.handle],
          latin: true,
          onChange: (handle) => (this.handle = handle),
        }))}
        <p><button type="button" class="link" @click=${this.#others}>${t("register.name.others")}</button></p>
        ${this.#forPasswordManagers()}
        ${this.waitingForProof ? html`<p role="status">${t("register.working")}</p>
          <progress max="1" .value=${this.done} aria-label=${t("register.working")}></progress>` : nothing}
        <p class="actions">
          <button class="button" aria-disabled=${this.busy}>${t("register.create")}</button>
          <a class="button quiet" href="/register">${t("register.back")}</a>
        </p>
      </form>`;
  }

  /** Password managers keep what is sent together; people are spared a second look at it. */
  #forPasswordManagers(): TemplateResult {
    return html`<div class="heard-only" aria-hidden="true">
      <input name="username" autocomplete="username" tabindex="-1" .value=${this.handle} readonly>
      <input name="password" type="password" autocomplete="new-password" tabindex="-1" .value=${this.password} readonly>
    </div>`;
  }

  #codesStep(): TemplateResult {
    return html`<p class="panel good">${t("register.done", { handle: this.handle })}</p>
      <form novalidate @submit=${this.#finish}>
        <recovery-codes .codes=${this.codes} .handle=${this.handle}></recovery-codes>
        <p class="actions no-print"><button class="button" aria-disabled=${this.busy}>${t("continue")}</button></p>
      </form>`;
  }

  readonly #keepPassword = (event: SubmitEvent): void => {
    event.preventDefault();
    const { password = "" } = typed(event.currentTarget as HTMLFormElement);
    const faults = passwordFault("password", password);
    if (faults.length) return void this.blame(...faults);
    this.password = password;
    void router.go("/register/name");
  };

  readonly #create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!this.handle) return this.blame({ field: "handle", words: t("register.name.missing") });
    await this.attempt(async () => {
      try {
        await this.#register();
      } catch (failure) {
        await this.#startOver(failure);
      }
    });
  };

  async #register(): Promise<void> {
    const offer = this.#offer.value;
    if (!offer) throw new Problem("challenge_failed");
    this.waitingForProof = true;
    // The codes come once: what shows them has to be here before they are asked for.
    const [number] = await Promise.all([this.#proof, codesPiece()]).finally(() => (this.waitingForProof = false));
    if (number === null) throw new Problem("challenge_failed");
    const { handle, password } = this;
    const body = { challenge: offer.challenge, number, handle, password, zone: zoneHere(), language: locale() };
    const made = await call<{ handle: string; recovery_codes: string[] }>("POST", "/api/register", { body, intent: this.#intent });
    this.handle = made.handle;
    this.codes = made.recovery_codes;
    this.unsaved = true;
    // A sign-in that fails here is tried again at the end of the step: the codes must be seen first.
    await callToSignIn("/api/auth/sign-in", { handle, password }).catch(() => {});
    await router.go("/register/codes", "replace");
  }

  /** Takes the person to where the fault can be put right, with a fresh challenge where the old one is spent. */
  async #startOver(failure: unknown): Promise<void> {
    const code = failure instanceof Problem ? failure.code : "";
    if (code === "challenge_failed" || code === "handle_taken") {
      this.handle = "";
      void this.#offer.load();
    }
    if (failure instanceof Problem && failure.field === "password") await router.go("/register", "replace");
    throw failure;
  }

  readonly #finish = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const codes = this.querySelector<RecoveryCodes>("recovery-codes");
    if (!codes?.saved) return this.blame({ field: "saved", words: t("codes.saved.missing") });
    await this.attempt(async () => {
      if (!member.person) await callToSignIn("/api/auth/sign-in", { handle: this.handle, password: this.password });
      this.unsaved = false;
      await router.goOn("/counselors");
    });
  };

  #others(): void {
    this.handle = "";
    this.#offer.clear();
    void this.#offer.load();
  }

  async #newOffer(): Promise<Offer> {
    this.#work.abort();
    this.#work = new AbortController();
    const offer = await call<Offer>("GET", "/api/registration-challenge");
    this.done = 0;
    const { signal } = this.#work;
    this.#proof = import("./proof.ts").then(({ prove }) => prove(offer.challenge, (done) => (this.done = done), signal));
    this.#proof.catch(() => {}); // told when the account is made and the number is needed
    return offer;
  }
}

customElements.define("register-page", RegisterPage);
