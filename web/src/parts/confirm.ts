/** Asks before something that cannot be taken back. Escape and "Cancel" mean no. */

import { html, render } from "lit";
import { t } from "../words/language.ts";

export interface Question {
  readonly heading: string;
  readonly text: string;
  readonly yes: string;
  readonly no?: string;
}

export function confirmed(question: Question): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "question");
  render(html`<form method="dialog">
    <h2 id="question" tabindex="-1" autofocus>${question.heading}</h2>
    <p>${question.text}</p>
    <p class="actions">
      <button class="button grave" value="yes">${question.yes}</button>
      <button class="button quiet" value="no">${question.no ?? t("cancel")}</button>
    </p>
  </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
