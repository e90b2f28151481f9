/** Which appointments of a series are meant: one, it and those after it, or all that are coming up. */

import { html, nothing, type TemplateResult } from "lit";
import type { Appointment } from "../api/types.ts";
import { choices } from "../parts/field.ts";
import { t } from "../words/language.ts";

export type Scope = "one" | "following" | "all";

/** Those of a series that still come, as far as somebody at the page can know. */
export function ahead<A extends Appointment>(series: readonly A[]): readonly A[] {
  return series.filter(({ status, end }) => (status === "booked" || status === "arrived") && Date.parse(end) > Date.now());
}

/** Only what makes a difference is asked. */
export function scopeChoices(series: readonly Appointment[], of: Appointment, chosen: Scope, choose: (scope: Scope) => void): TemplateResult | typeof nothing {
  const coming = ahead(series);
  const after = coming.filter(({ start }) => start > of.start).length;
  const others = coming.filter(({ id }) => id !== of.id).length;
  if (!others) return nothing;
  const options: { value: Scope; label: string }[] = [{ value: "one", label: t("series.scope.one") }];
  if (after) options.push({ value: "following", label: t("series.scope.following", { count: after }) });
  if (others > after) options.push({ value: "all", label: t("series.scope.all", { count: coming.length }) });
  return html`${choices({ id: "scope", label: t("series.scope"), chosen: [chosen], options, onChange: (value) => choose(value as Scope) })}`;
}
