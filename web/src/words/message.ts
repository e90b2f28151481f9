/**
 * Turns a catalog entry into words. Pure, so that the build can use it for the pages that need no script.
 *
 * An entry is a sentence with {placeholders}, or, where a number decides the form, an object with the plural
 * categories of the language (Arabic has six) and the number as {count}.
 */

export type Entry = string | { readonly [category: string]: string };
export type Catalog = { readonly [key: string]: Entry };
export type Values = { readonly [name: string]: string | number };

export function say(locale: string, entry: Entry | undefined, values: Values = {}): string {
  if (entry === undefined) return "";
  const sentence = typeof entry === "string" ? entry : chosenForm(locale, entry, Number(values["count"]));
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

function chosenForm(locale: string, forms: { readonly [category: string]: string }, count: number): string {
  return forms[new Intl.PluralRules(locale).select(count)] ?? forms["other"] ?? "";
}
