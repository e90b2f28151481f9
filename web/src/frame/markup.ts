/**
 * Templates that both lit (in the browser) and the build (for pages without script) can fill.
 * They hold text, other templates and quoted attributes only: no listeners, no directives.
 */

import type { Key } from "../words/language.ts";
import type { Values } from "../words/message.ts";

export type Html = (strings: TemplateStringsArray, ...values: unknown[]) => unknown;
export type Words = (key: Key, values?: Values) => string;
