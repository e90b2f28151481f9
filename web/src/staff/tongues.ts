/** The languages a counselor may speak, by name. A choice for the list, not a limit: others stay as they are. */

import { locale, nameOfLanguage } from "../words/language.ts";

const COMMON = (
  "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lo lt lv " +
  "mk ml mn mr ms my ne nl no om pa pl ps pt ro ru rw sd si sk sl so sq sr sv sw ta te th ti tr uk ur uz vi wo xh yo zh zu"
).split(" ");

export function otherLanguages(chosen: readonly string[]): readonly { value: string; label: string }[] {
  return COMMON.filter((tag) => !chosen.includes(tag))
    .map((value) => ({ value, label: nameOfLanguage(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale()));
}
