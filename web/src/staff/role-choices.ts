import type { TemplateResult } from "lit";
import { choices } from "../parts/field.ts";
import { t } from "../words/language.ts";
import { type Role, ROLES } from "./types.ts";

export function roleChoices(chosen: readonly Role[], fault: string, onChange: (roles: readonly Role[]) => void): TemplateResult {
  return choices({
    id: "roles", label: t("staff.roles"), fault, several: true, chosen,
    options: ROLES.map((role) => ({ value: role, label: t(`staff.role.${role}`), hint: t(`staff.role.${role}.hint`) })),
    onChange: (role, picked) => onChange(ROLES.filter((one) => (one === role ? picked : chosen.includes(one)))),
  });
}
