/** What the build writes: the name of each document and its text. */

import { helpLines, type Helplines, type Organisation } from "../help/lines.ts";
import type { Catalog } from "../words/message.ts";
import { type Assets, helpDocument, startDocument } from "./documents.ts";
import { text } from "./text.ts";

export function documents(
  words: Readonly<Record<string, Catalog>>, assets: Assets, helplines: Helplines, organisation: Organisation,
): Record<string, string> {
  const languages = Object.keys(words);
  const help = languages.map((language): [string, string] => [
    language === "en" ? "help.html" : `help.${language}.html`,
    helpDocument(language, words[language] ?? {}, assets, languages, organisation.name, helpLines(text, language, words[language] ?? {}, helplines, organisation)),
  ]);
  return { "index.html": startDocument(words["en"] ?? {}, assets, organisation.name), ...Object.fromEntries(help) };
}
