/**
 * Who is signed in. The access token lives in this module's memory and nowhere else; the refresh token is a cookie that
 * scripts cannot read. A flag in storage says only that asking for a fresh token may be worth the request.
 */

import type { Person, StaffPerson } from "./types.ts";
import { forgetAll } from "../parts/kept.ts";
import { problemFrom, Problem } from "./problem.ts";

export interface SignInAnswer<P> {
  readonly access_token: string;
  readonly expires_at: string;
  readonly person: P;
}

const EARLY_MS = 30_000;
const PATIENCE_MS = 15_000;

export class SignIn<P> extends EventTarget {
  person: P | null = null;
  #token = "";
  #endsAt = 0;
  #refreshing: Promise<void> | null = null;

  constructor(
    readonly prefix: "/api" | "/api/staff",
    readonly hint: "hearthline.member" | "hearthline.staff",
  ) {
    super();
    // Signing out in one tab signs out the others.
    addEventListener("storage", (event) => {
      if (event.key === hint && event.newValue === null && this.person) this.end();
    });
  }

  /** Whether asking for a fresh token may be worth it. Without storage there is no telling, so it may. */
  get may(): boolean {
    try {
      return localStorage.getItem(this.hint) !== null;
    } catch {
      return true;
    }
  }

  /** Someone is signed in, or was when this browser last heard: enough to decide what to offer before the API answers. */
  get likely(): boolean {
    try {
      return this.person !== null || localStorage.getItem(this.hint) !== null;
    } catch {
      return false;
    }
  }

  /** Takes the answer of a sign-in or a refresh. `at` is the server's clock: a cheap phone's own is often wrong. */
  begin(answer: SignInAnswer<P>, at: number = Date.now()): void {
    this.#token = answer.access_token;
    this.#endsAt = performance.now() + (Date.parse(answer.expires_at) - at);
    this.update(answer.person);
    try {
      localStorage.setItem(this.hint, "1");
    } catch {
      // Without storage the sign-in still holds; a reload then asks the API whether there is one.
    }
  }

  update(person: P): void {
    this.person = person;
    this.dispatchEvent(new Event("change"));
  }

  end(): void {
    this.person = null;
    this.#token = "";
    try {
      localStorage.removeItem(this.hint);
    } catch {
      // Nothing was kept.
    }
    this.dispatchEvent(new Event("change"));
  }

  /** The person leaves: what they chose and wrote in this tab is forgotten with the sign-in. */
  leave(): void {
    forgetAll();
    this.end();
  }

  /** True when someone is signed in; asks the API only when that may be so. A dead connection is a Problem. */
  async start(): Promise<boolean> {
    if (!this.person && this.may) await this.refresh().catch(unlessSignedOut);
    return this.person !== null;
  }

  /** A token that still holds for a while, or "" when nobody is signed in. */
  async token(): Promise<string> {
    if (this.#token && performance.now() > this.#endsAt - EARLY_MS) await this.refresh();
    return this.#token;
  }

  /** One at a time, in all tabs of the browser together: each use of the refresh token replaces it. */
  refresh(): Promise<void> {
    this.#refreshing ??= inTurn(this.hint, () => this.#refresh()).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const answer = await fetch(`${this.prefix}/auth/refresh`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => {
      throw new Problem(navigator.onLine ? "unreachable" : "offline");
    });
    if (answer.ok) {
      this.begin((await answer.json()) as SignInAnswer<P>, clockOf(answer));
      return;
    }
    const problem = await problemFrom(answer);
    if (problem.status === 401) this.end();
    throw problem;
  }
}

export const member = new SignIn<Person>("/api", "hearthline.member");
export const staff = new SignIn<StaffPerson>("/api/staff", "hearthline.staff");

export function clockOf(answer: Response): number {
  return Date.parse(answer.headers.get("date") ?? "") || Date.now();
}

function unlessSignedOut(problem: unknown): void {
  if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
}

function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
