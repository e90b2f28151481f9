/** Where taking part by phone has its place on a page. Nothing of it is loaded where the organisation has no number. */

import { html, nothing, type TemplateResult } from "lit";
import { settings } from "../frame/settings.ts";
import type { Meeting } from "./types.ts";

/** Whether somebody can leave a call for their phone: a phone does not reach those whose browsers talk to each other. */
export function goesOnByPhone({ provider }: Pick<Meeting, "provider">): boolean {
  return settings().phone !== null && provider !== "peer";
}

/** `folded`: it is one way among others, and opened by whoever wants it. */
export function byPhone(appointment: string, name: string, folded: boolean): TemplateResult | typeof nothing {
  if (!settings().phone) return nothing;
  void import("./by-phone.ts").catch(() => {});
  return html`<by-phone .appointment=${appointment} .name=${name} .folded=${folded}></by-phone>`;
}
