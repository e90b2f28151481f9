/** Asks to which other weekdays the hours of one go. Answers none when the person thinks better of it. */

import { html, render } from "lit";
import { t } from "../words/language.ts";
import { nameOfWeekday, weekdays } from "../time/week.ts";

export function daysToCopyTo(from: number): Promise<readonly number[]> {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "copy-question");
  render(html`<form method="dialog">
    <h2 id="copy-question" tabindex="-1" autofocus>${t("hours.copy.heading", { day: nameOfWeekday(from) })}</h2>
    <p>${t("hours.copy.text")}</p>
    <div class="choices tight">
      ${weekdays().filter((day) => day !== from).map((day) => html`<label class="choice">
        <input type="checkbox" name="day" value=${day}><span>${nameOfWeekday(day)}</span></label>`)}
    </div>
    <p class="actions">
      <button class="button" value="yes">${t("hours.copy.yes")}</button>
      <button class="button quiet" value="no">${t("cancel")}</button>
    </p>
  </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const chosen = [...dialog.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => Number(value));
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? chosen : []);
    });
  });
}
