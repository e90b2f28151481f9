/**
 * Where the reader is in a scrolling list that grows at both ends. At the end they stay at the end; anywhere else, what they
 * read stays where it is. (Not every browser anchors scrolling by itself, so the list switches that off and this does it.)
 */

const CLOSE_PX = 48;
const MARGIN_PX = 8;

export class Scroll {
  #list: HTMLElement | null = null;
  #anchor: { readonly row: Element; readonly top: number } | null = null;
  atEnd = true;

  /** Before the list is drawn anew. */
  remember(list: HTMLElement | null): void {
    this.#list = list;
    this.#anchor = null;
    if (!list) return;
    this.atEnd = isAtEnd(list);
    const edge = list.getBoundingClientRect().top;
    for (const row of list.querySelectorAll("article")) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom <= edge) continue;
      this.#anchor = { row, top };
      return;
    }
  }

  /** After it was drawn. */
  restore(): void {
    const list = this.#list;
    if (!list) return;
    if (this.atEnd) list.scrollTop = list.scrollHeight;
    else if (this.#anchor?.row.isConnected) list.scrollTop += this.#anchor.row.getBoundingClientRect().top - this.#anchor.top;
  }
}

export function toEnd(list: HTMLElement): void {
  list.scrollTop = list.scrollHeight;
}

/** To the end, or to where the new messages begin when they are more than fit. */
export function toFirstNew(list: HTMLElement, line: Element | null): void {
  toEnd(list);
  if (line) list.scrollTop += Math.min(0, line.getBoundingClientRect().top - list.getBoundingClientRect().top - MARGIN_PX);
}

export function isAtEnd(list: HTMLElement): boolean {
  return list.scrollHeight - list.scrollTop - list.clientHeight < CLOSE_PX;
}
