/**
 * One thing a person means to do, however often the request for it is sent.
 *
 * The key goes with every try, so that a lost answer on a bad connection never books twice. Another body is another
 * intent and gets another key (the API refuses an old key with a new body).
 */
export class Intent {
  #key: string;
  #body = "";

  /** `key` is one that was made before, for a wish that outlives the page. */
  constructor(key = "") {
    this.#key = key;
  }

  keyFor(body: string): string {
    if (!this.#key || (this.#body && body !== this.#body)) {
      this.#key = crypto.randomUUID();
    }
    this.#body = body;
    return this.#key;
  }

  /** Settled: asking for the same again is then a new wish, not a repeat. `call` says so by itself. */
  done(): void {
    this.#key = "";
  }
}
