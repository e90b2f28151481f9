/** The addresses under /staff and the links of the staff's header. Loaded only when someone goes there. */

import type { StaffPerson } from "../api/types.ts";
import type { Route } from "../frame/routes.ts";
import type { Key } from "../words/language.ts";

/** Where the staff's own sign-in is, and where they land after it. */
export const SIGN_IN = "/staff/sign-in";
export const FIRST_PAGE = "/staff/agenda";

export const routes: readonly Route[] = [];

export function links(_person: StaffPerson): readonly (readonly [address: string, label: Key])[] {
  return [];
}
