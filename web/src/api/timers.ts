/** Things to do later, each under a name: to plan one again is to put the earlier one off. */

/** Does `work` in so many milliseconds; the answer calls it off. */
export type Later = (ms: number, work: () => void) => () => void;

export const later: Later = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

export class Timers<Name extends string> {
  readonly #planned = new Map<Name, () => void>();

  constructor(private readonly later: Later) {}

  in(name: Name, ms: number, work: () => void): void {
    this.cancel(name);
    this.#planned.set(name, this.later(ms, () => {
      this.#planned.delete(name);
      work();
    }));
  }

  has(name: Name): boolean {
    return this.#planned.has(name);
  }

  cancel(name: Name): void {
    this.#planned.get(name)?.();
    this.#planned.delete(name);
  }

  clear(): void {
    for (const name of [...this.#planned.keys()]) this.cancel(name);
  }
}
