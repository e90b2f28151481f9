/** The message catalogs: checked against each other, and made into one chunk per language and part of the site. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function languagesIn(folder) {
  return readdirSync(folder).sort((one, other) => Number(other === "en") - Number(one === "en"));
}

export function readCatalog(folder, language) {
  const parts = readdirSync(join(folder, language)).map((file) => JSON.parse(readFileSync(join(folder, language, file), "utf8")));
  return Object.assign({}, ...parts);
}

/** Every difference between a translation and English, in words; an empty list when all is well. */
export function differences(folder) {
  const [english, ...others] = languagesIn(folder);
  return [...compare(folder, english, english), ...others.flatMap((language) => compare(folder, english, language))];
}

function compare(folder, english, language) {
  return readdirSync(join(folder, english)).flatMap((file) => {
    const original = JSON.parse(readFileSync(join(folder, english, file), "utf8"));
    const translation = JSON.parse(readFileSync(join(folder, language, file), "utf8"));
    const where = `catalogs/${language}/${file}`;
    return [
      ...Object.keys(original).filter((key) => !(key in translation)).map((key) => `${where}: "${key}" is missing`),
      ...Object.keys(translation).filter((key) => !(key in original)).map((key) => `${where}: "${key}" is not in English`),
      ...Object.keys(original).filter((key) => key in translation).flatMap((key) =>
        faults(original[key], translation[key], language).map((fault) => `${where}: "${key}" ${fault}`)),
    ];
  });
}

function faults(original, translation, language) {
  if (typeof original !== typeof translation) return ["counts in one language and not in the other"];
  if (typeof original === "string") return sameNames(original, translation);
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [
    ...categories.filter((category) => !(category in translation)).map((category) => `lacks the plural form "${category}"`),
    ...sameNames(original.other, translation.other ?? ""),
  ];
}

function sameNames(original, translation) {
  const names = (sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort().join(" ");
  return names(original) === names(translation) ? [] : [`has other placeholders: ${names(translation) || "none"}`];
}

/**
 * `built:catalogs`: for each language and part, a function that loads it. The parts of the staff are apart, in
 * `built:staff-catalogs`: where they are weighs on no page of anybody else.
 */
export function catalogsPlugin(folder) {
  const loader = (language, file) => `${JSON.stringify(file.replace(".json", ""))}: () => import("./${language}/${file}")`;
  const isOfStaff = (file) => /^staff\b/.test(file);
  const entries = (wanted) => languagesIn(folder).map(
    (language) => `${language}: { ${readdirSync(join(folder, language)).filter(wanted).map((file) => loader(language, file)).join(", ")} }`);
  return {
    name: "catalogs",
    setup(build) {
      build.onResolve({ filter: /^built:(staff-)?catalogs$/ }, ({ path }) => ({ path: path.slice("built:".length), namespace: "built" }));
      build.onLoad({ filter: /^(staff-)?catalogs$/, namespace: "built" }, ({ path }) => ({
        contents: `export const catalogs = { ${entries((file) => isOfStaff(file) === path.startsWith("staff")).join(", ")} };`,
        resolveDir: folder,
      }));
    },
  };
}
