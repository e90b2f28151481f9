/** The addresses under /staff and the links of the staff's header. Loaded only when someone goes there. */

import type { StaffPerson } from "../api/types.ts";
import type { Route } from "../frame/routes.ts";
import type { Key, Part } from "../words/language.ts";

/** Where the staff's own sign-in is. */
export const SIGN_IN = "/staff/sign-in";

const signIn: Omit<Route, "path"> = { ...page("staff-sign-in-page", () => import("./sign-in.ts"), "people", "account"), who: "stranger" };
const signedOut: Omit<Route, "path"> = { ...page("signed-out-page", () => import("./signed-out.ts")), who: undefined };
const agenda = page("agenda-page", () => import("./agenda.ts"), "booking", "zone");
const block = page("block-page", () => import("./block.ts"), "zone");
const appointment = page("staff-appointment-page", () => import("./appointment.ts"), "booking");

export const routes: readonly Route[] = [
  { path: "/staff", ...signIn },
  { path: SIGN_IN, ...signIn },
  { path: "/staff/signed-out", ...signedOut },
  { path: "/staff/agenda", ...agenda },
  { path: "/staff/agenda/:view/:date", ...agenda },
  { path: "/staff/block", ...block },
  { path: "/staff/block/:date", ...block },
  { path: "/staff/appointments/:id", ...appointment },
  { path: "/staff/appointments/:id/cancel", ...appointment },
  { path: "/staff/hours", ...page("hours-page", () => import("./hours.ts"), "zone") },
  { path: "/staff/profile", ...page("profile-page", () => import("./profile.ts"), "booking") },
  { path: "/staff/people", ...page("people-page", () => import("./people.ts")) },
  { path: "/staff/people/invite", ...page("invite-page", () => import("./invite.ts")) },
  { path: "/staff/people/:id", ...page("member-page", () => import("./member.ts")) },
  { path: "/staff/account", ...page("staff-account-page", () => import("./account.ts"), "account", "zone") },
  { path: "/staff/account/password", ...page("staff-password-page", () => import("./change-password.ts"), "people", "account") },
  { path: "/staff/account/second-factor", ...page("second-factor-page", () => import("./second-factor.ts")) },
];

/** The roles decide: nobody is shown a page that has nothing for them. */
export function links({ roles }: StaffPerson): readonly (readonly [address: string, label: Key])[] {
  const found: [string, Key][] = [];
  if (roles.includes("counselor")) found.push(["/staff/agenda", "staff.nav.agenda"], ["/staff/hours", "staff.nav.hours"], ["/staff/profile", "staff.nav.profile"]);
  if (roles.includes("admin")) found.push(["/staff/people", "staff.nav.people"]);
  return [...found, ["/staff/account", "nav.account"]];
}

/** Where somebody lands after signing in. */
export function firstPage(person: StaffPerson | null): string {
  return person ? (links(person)[0]?.[0] ?? SIGN_IN) : SIGN_IN;
}

function page(tag: string, load: () => Promise<unknown>, ...words: readonly Part[]): Omit<Route, "path"> {
  return { tag, load, words: [...words, "staff"], styles: ["staff"], who: "staff" };
}
