/** Whether the meeting's sound comes. Amazon mixes it into one stream that never pauses, even when nobody speaks. */

const SECONDS_UNTIL_SILENT = 3;

export class Hearing {
  #without = 0;

  get silent(): boolean {
    return this.#without >= SECONDS_UNTIL_SILENT;
  }

  /** Once a second: how many packets came in it, and whether the browser lets them be heard. Says whether `silent` changed. */
  second(packets: number, playing: boolean): boolean {
    const before = this.silent;
    this.#without = packets > 0 && playing ? 0 : this.#without + 1;
    return before !== this.silent;
  }

  afresh(): boolean {
    const before = this.silent;
    this.#without = 0;
    return before;
  }
}
