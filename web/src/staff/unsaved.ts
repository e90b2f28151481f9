/** Asked when somebody is about to lose what they typed. */

import { confirmed } from "../parts/confirm.ts";
import { t } from "../words/language.ts";

export function leaveUnsaved(): Promise<boolean> {
  return confirmed({ heading: t("unsaved.heading"), text: t("unsaved.text"), yes: t("unsaved.leave"), no: t("unsaved.stay") });
}
