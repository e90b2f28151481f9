/** Where being late has its place on a page. Nothing of it is loaded before it can be of use. */

import { html, nothing, type TemplateResult } from "lit";
import type { Appointment } from "../api/types.ts";
import { isNear } from "./near.ts";

export type Late = Pick<Appointment, "id" | "start" | "end" | "client_delay" | "counselor_delay">;

interface Place<T extends Appointment> {
  readonly side: "/api" | "/api/staff";
  /** What the reader calls the other one. */
  readonly name: string;
  /** Takes the appointment as the API answers it once the reader has said how late they come. */
  readonly said: (answer: T) => void;
}

export function runningLate<T extends Appointment>(of: Late & Pick<Appointment, "status">, { side, name, said }: Place<T>, now = Date.now()): TemplateResult | typeof nothing {
  if (!isNear(of, now) || now >= Date.parse(of.end)) return nothing;
  void import("./running-late.ts").catch(() => {});
  return html`<running-late .of=${of} .side=${side} .name=${name} @late=${({ detail }: CustomEvent<T>) => said(detail)}></running-late>`;
}
