/** "Video, audio and text", as the language joins such things. */

import { locale } from "../words/language.ts";

export function listed(things: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(things);
}
