/** The question about what is wrong with a message, before it goes to the facilitators. */

import { html, render } from "lit";
import { choices, textArea, typed } from "../parts/field.ts";
import { t, tCode } from "../words/language.ts";
import { REPORT_REASONS, type ReportReason } from "./types.ts";

export interface Report {
  readonly reason: ReportReason;
  readonly note: string;
  readonly block: boolean;
}

const MOST_NOTE = 500;

/** Null when the person thought better of it. */
export function reported(handle: string): Promise<Report | null> {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "report-heading");
  const draw = (fault = ""): unknown => render(html`<form novalidate @submit=${submit}>
    <h2 id="report-heading" tabindex="-1" autofocus>${t("report.heading")}</h2>
    <p>${t("report.text")}</p>
    ${choices({ id: "reason", label: t("report.reason"), fault, chosen: [], options: REPORT_REASONS.map((value) => ({ value, label: tCode("report", value) })) })}
    ${textArea({ id: "note", label: t("report.note"), optional: true, maxLength: MOST_NOTE })}
    <label class="choice"><input type="checkbox" name="block" value="yes"><span>${t("report.block", { handle })}<small>${t("block.hint")}</small></span></label>
    <p class="actions">
      <button class="button">${t("report.send")}</button>
      <button type="button" class="button quiet" @click=${() => dialog.close()}>${t("cancel")}</button>
    </p>
  </form>`, dialog);
  let answer: Report | null = null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { reason, note = "", block } = typed(event.currentTarget as HTMLFormElement);
    if (!reason) {
      draw(t("report.reason.missing"));
      return dialog.querySelector<HTMLElement>("#reason")?.focus();
    }
    answer = { reason: reason as ReportReason, note, block: block === "yes" };
    dialog.close();
  };
  draw();
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(answer);
  }));
}
