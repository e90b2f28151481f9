/** What the site itself says of passwords. The only rule is the length; whether it is a known one, the API says. */

import { Problem } from "../api/problem.ts";
import type { Fault } from "../frame/page.ts";
import { t } from "../words/language.ts";

const SHORTEST = 12;

export function passwordFault(field: string, password: string): Fault[] {
  return [...password].length < SHORTEST ? [{ field, words: t("problem.password_too_short") }] : [];
}

/** For `catch`, where somebody who is signed in gives the password again: then only that can be wrong. */
export function blameCurrent(field: string): (failure: unknown) => never {
  return (failure) => {
    throw failure instanceof Problem && failure.code === "wrong_credentials" ? new Problem("wrong_current_password", failure.status, field) : failure;
  };
}
