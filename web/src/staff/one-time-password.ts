/** A password that works once, shown once. */

import { html, type TemplateResult } from "lit";
import { t } from "../words/language.ts";
import { copyButton } from "./copy-button.ts";
import type { Invitation } from "./types.ts";
import { dayInWords } from "../time/week.ts";

export function oneTimePassword({ person, one_time_password, expires_on }: Invitation): TemplateResult {
  return html`<div class="panel good" role="status">
    <p>${t("invitation.text", { name: person.name, date: dayInWords(expires_on) })}</p>
    <dl class="facts">
      <div><dt>${t("staff.email")}</dt><dd><bdi dir="ltr">${person.email}</bdi></dd></div>
      <div><dt>${t("invitation.password")}</dt><dd><code class="secret" dir="ltr">${one_time_password}</code></dd></div>
    </dl>
    <p>${copyButton(one_time_password, t("invitation.copy"))}</p>
    <p><strong>${t("invitation.once")}</strong> ${t("invitation.how")}</p>
  </div>`;
}
