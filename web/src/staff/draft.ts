/**
 * Something that is edited as a whole: what the API has, what is typed, and whether they differ.
 * When somebody else saved meanwhile, what is typed stays; the person decides which of the two counts.
 */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { announce } from "../frame/announce.ts";
import { Fetched } from "../parts/fetched.ts";

type Versioned = { readonly version: number };

export class Draft<T extends Versioned> implements ReactiveController {
  readonly fetched: Fetched<T>;
  typed: T | undefined;
  /** What somebody else saved while this was typed. */
  newer: T | undefined;
  /** The words after saving, until something changes again. */
  said = "";
  #kept = "";
  readonly #intent = new Intent();

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Asked for each time: the page may have gone on to another address of its own. What is saved says itself what a query asks for. */
    private readonly path: () => string,
    /** Only what may be sent: the API refuses fields it does not know. */
    private readonly sendable: (value: T) => Partial<Omit<T, "version">>,
    /** What the form begins with, where that is not what the API has. */
    private readonly begun: (value: T) => T = (value) => value,
  ) {
    this.fetched = new Fetched(host, () => this.#ask());
    host.addController(this);
  }

  hostConnected(): void {}

  get unsaved(): boolean {
    return this.typed !== undefined && this.#written(this.typed) !== this.#kept;
  }

  load(): void {
    this.newer = undefined;
    this.typed = undefined;
    this.said = "";
    this.fetched.clear();
    void this.fetched.load();
  }

  change(part: Partial<T>): void {
    this.said = "";
    if (this.typed) this.typed = { ...this.typed, ...part };
    this.host.requestUpdate();
  }

  /** Raises the Problem of the API; after `changed_meanwhile`, saving again puts what is typed over `newer`. */
  async save(): Promise<void> {
    if (!this.typed) return;
    const { version } = this.newer ?? this.typed;
    const body = { ...this.sendable(this.typed), version };
    try {
      this.#take(await call<T>("PUT", this.path().replace(/\?.*/, ""), { body, intent: this.#intent }));
      this.#intent.done();
    } catch (failure) {
      if (failure instanceof Problem && failure.code === "changed_meanwhile") this.newer = await call<T>("GET", this.path());
      throw failure;
    }
  }

  /** Says that it is saved. */
  saved(words: string): void {
    this.said = words;
    this.host.requestUpdate();
    announce(words);
  }

  /** Back to what the API has. */
  discard(): void {
    const kept = this.newer ?? this.fetched.value;
    if (kept) this.#take(kept);
  }

  async #ask(): Promise<T> {
    const path = this.path();
    const found = await call<T>("GET", path);
    if (path === this.path()) this.#take(found);
    return found;
  }

  #take(value: T): void {
    this.typed = this.begun(value);
    this.newer = undefined;
    this.#kept = this.#written(this.typed);
    if (this.fetched.value) this.fetched.set(value);
    this.host.requestUpdate();
  }

  /** Something else about it was saved by another way: that counts now, and what is typed stays typed. */
  renew(value: T): void {
    const typed = this.unsaved && this.typed ? this.sendable(this.typed) : {};
    this.#take(value);
    this.change(typed as Partial<T>);
  }

  #written(value: T): string {
    return JSON.stringify(this.sendable(value));
  }
}
