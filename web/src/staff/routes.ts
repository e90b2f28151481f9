/** The addresses under /staff and the links of the staff's header. Loaded only when someone goes there. */

import { catalogs } from "built:staff-catalogs";
import type { StaffPerson } from "../api/types.ts";
import type { Route } from "../frame/routes.ts";
import { type Key, offerCatalogs, type Part } from "../words/language.ts";

offerCatalogs(catalogs);

/** Where the staff's own sign-in is. */
export const SIGN_IN = "/staff/sign-in";

const signIn: Omit<Route, "path"> = { ...page("staff-sign-in-page", () => import("./sign-in.ts"), "people", "account"), who: "stranger" };
const signedOut: Omit<Route, "path"> = { ...page("signed-out-page", () => import("./signed-out.ts")), who: undefined };
const agenda = page("agenda-page", () => import("./agenda.ts"), "booking", "zone", "staff-waitlist");
const block = page("block-page", () => import("./block.ts"), "zone", "staff-waitlist");
const decide = withAsides(roomPage("decide-page", () => import("./rooms/decide.ts"), "staff-meetings"));
const phrases = roomPage("phrases-page", () => import("./rooms/phrases.ts"), "staff-moderation");
const appointment = withAsides(page("staff-appointment-page", () => import("./appointment.ts"), "booking", "staff-meetings", "staff-ladder"));
const usage = page("usage-page", () => import("./usage.ts"), "staff-usage");
const procedure = withAsides(page("procedure-page", () => import("./meetings/procedure-page.ts"), "staff-meetings", "staff-ladder"));

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
  { path: "/staff/procedure", ...procedure },
  { path: "/staff/procedure/:language", ...procedure },
  { path: "/staff/appointments/:id/meet", ...page("staff-meet-page", () => import("./meetings/meet.ts"), "meetings", "staff-meetings", "staff-ladder"), styles: ["staff", "meetings", "staff-meetings"] },
  { path: "/staff/hours", ...page("hours-page", () => import("./hours.ts"), "zone", "staff-hours") },
  { path: "/staff/profile", ...page("profile-page", () => import("./profile.ts"), "booking") },
  { path: "/staff/waitlist", ...page("staff-waitlist-page", () => import("./waitlist.ts"), "booking", "staff-waitlist") },
  { path: "/staff/people", ...page("people-page", () => import("./people.ts"), "staff-waitlist") },
  { path: "/staff/people/invite", ...page("invite-page", () => import("./invite.ts")) },
  { path: "/staff/people/:id", ...page("member-page", () => import("./member.ts")) },
  { path: "/staff/usage", ...usage },
  { path: "/staff/usage/:month", ...usage },
  { path: "/staff/rooms", ...roomPage("staff-rooms-page", () => import("./rooms/list.ts")) },
  { path: "/staff/rooms/new", ...roomPage("new-room-page", () => import("./rooms/new-room.ts"), "booking", "staff-settings") },
  { path: "/staff/rooms/:id", ...conversation("staff-talk-page", () => import("./rooms/talk-page.ts")) },
  { path: "/staff/rooms/:id/circle", ...withAsides(page("staff-circle-page", () => import("./meetings/circle.ts"), "circles", "meetings", "staff-circles", "staff-meetings")), styles: ["staff", "rooms", "meetings", "staff-meetings", "circles"] },
  { path: "/staff/rooms/:id/members", ...roomPage("room-members-page", () => import("./rooms/members.ts")) },
  { path: "/staff/rooms/:id/members/:member", ...decide },
  { path: "/staff/rooms/:id/members/:member/:seq", ...decide },
  { path: "/staff/rooms/:id/rota", ...roomPage("rota-page", () => import("./rooms/rota.ts"), "zone", "staff-rota") },
  { path: "/staff/rooms/:id/gatherings", ...roomPage("gatherings-page", () => import("./rooms/gatherings.ts"), "zone", "series") },
  { path: "/staff/rooms/:id/settings", ...roomPage("room-settings-page", () => import("./rooms/settings.ts"), "booking", "staff-settings") },
  { path: "/staff/moderation", ...roomPage("moderation-page", () => import("./rooms/moderation.ts"), "staff-moderation", "staff-ladder") },
  { path: "/staff/words", ...phrases },
  { path: "/staff/words/:language", ...phrases },
  { path: "/staff/messages", ...roomPage("staff-threads-page", () => import("./rooms/threads.ts"), "staff-moderation", "staff-ladder", "staff-messages") },
  { path: "/staff/messages/:id", ...conversation("staff-thread-page", () => import("./rooms/thread.ts"), "staff-messages") },
  { path: "/staff/desk", ...roomPage("desk-page", () => import("./rooms/desk.ts"), "zone", "staff-messages") },
  { path: "/staff/reminders", ...page("reminders-page", () => import("../reminders/settings-page.ts"), "reminders"), styles: ["staff", "reminders"] },
  { path: "/staff/notices", ...page("notices-page", () => import("../reminders/notices-page.ts"), "reminders"), styles: ["staff", "reminders"] },
  { path: "/staff/account", ...page("staff-account-page", () => import("./account.ts"), "account", "zone") },
  { path: "/staff/account/password", ...page("staff-password-page", () => import("./change-password.ts"), "people", "account") },
  { path: "/staff/account/second-factor", ...page("second-factor-page", () => import("./second-factor.ts")) },
];

/** The roles decide: nobody is shown a page that has nothing for them. */
export function links({ roles }: StaffPerson): readonly (readonly [address: string, label: Key])[] {
  const found: [string, Key][] = [];
  if (roles.includes("counselor")) found.push(["/staff/agenda", "staff.nav.agenda"], ["/staff/hours", "staff.nav.hours"], ["/staff/profile", "staff.nav.profile"], ["/staff/messages", "staff.nav.messages"]);
  if (roles.includes("facilitator")) found.push(["/staff/moderation", "staff.nav.moderation"], ["/staff/rooms", "staff.nav.rooms"]);
  if (roles.includes("admin")) found.push(["/staff/people", "staff.nav.people"], ["/staff/usage", "staff.nav.usage"]);
  if (roles.includes("facilitator") || roles.includes("admin")) found.push(["/staff/words", "staff.nav.words"]);
  if (roles.length) found.push(["/staff/procedure", "staff.nav.procedure"]);
  return [...found, ["/staff/account", "nav.account"]];
}

/** Where somebody lands after signing in. */
export function firstPage(person: StaffPerson | null): string {
  return person ? (links(person)[0]?.[0] ?? SIGN_IN) : SIGN_IN;
}

function page(tag: string, load: () => Promise<unknown>, ...words: readonly Part[]): Omit<Route, "path"> {
  return { tag, load, words: [...words, "staff", "staff-nav"], styles: ["staff"], who: "staff" };
}

function roomPage(tag: string, load: () => Promise<unknown>, ...words: readonly Part[]): Omit<Route, "path"> {
  return { ...page(tag, load, ...words, "staff-rooms", "staff-talk"), styles: ["staff", "staff-rooms"] };
}

/** What stands beside a meeting is on other pages too: notes, concerns, what to do in an emergency. */
function withAsides(route: Omit<Route, "path">): Omit<Route, "path"> {
  return { ...route, styles: [...(route.styles ?? []), "staff-meetings"] };
}

/** A conversation brings much of its own, and does without what it can. */
function conversation(tag: string, load: () => Promise<unknown>, ...words: readonly Part[]): Omit<Route, "path"> {
  return { tag, load, words: [...words, "rooms", "staff-nav", "staff-talk"], styles: ["rooms", "staff-rooms"], who: "staff" };
}
