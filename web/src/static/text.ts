/** Fills the shared templates to text, as lit fills them to elements. Everything that is not a template is escaped. */

class Markup {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function text(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  return new Markup(strings.reduce((soFar, next, at) => soFar + written(values[at - 1]) + next));
}

export function written(value: unknown): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(written).join("");
  return value === undefined || value === null ? "" : String(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "");
}
