/** Every address of the site, as data. A page is loaded when someone goes there. */

import type { Part } from "../words/language.ts";

export interface Route {
  /** ":name" stands for one piece of the path and reaches the page as `params.name`. */
  readonly path: string;
  /** The element that is the page. Routes of one element share one instance: a flow keeps what was typed. */
  readonly tag: string;
  readonly load: () => Promise<unknown>;
  readonly words: readonly Part[];
  /** Style sheets beyond the site's own, by their names in styles/. */
  readonly styles?: readonly string[];
  /** Who the page is for. A "stranger" page sends people on who are signed in. */
  readonly who?: "client" | "staff" | "stranger";
}

const register = { tag: "register-page", load: () => import("../people/register.ts"), words: ["people"], who: "stranger" } as const;
const book = { tag: "book-page", load: () => import("../booking/book.ts"), words: ["booking", "series"], styles: ["booking"], who: "client" } as const;
const repeat = { tag: "series-page", load: () => import("../booking/series.ts"), words: ["booking", "series"], styles: ["booking"], who: "client" } as const;
const appointment = { tag: "appointment-page", load: () => import("../booking/appointment.ts"), words: ["booking"], styles: ["booking"], who: "client" } as const;
const wait = { tag: "wait-page", load: () => import("../booking/wait.ts"), words: ["booking", "waitlist"], styles: ["booking"], who: "client" } as const;

const talk = { tag: "talk-page", load: () => import("../rooms/talk-page.ts"), words: ["rooms"], styles: ["rooms"], who: "client" } as const;

export const routes: readonly Route[] = [
  { path: "/", tag: "home-page", load: () => import("../home/page.ts"), words: ["home"] },
  { path: "/register", ...register },
  { path: "/register/:step", ...register },
  { path: "/sign-in", tag: "sign-in-page", load: () => import("../people/sign-in.ts"), words: ["people"], who: "stranger" },
  { path: "/recover", tag: "recover-page", load: () => import("../people/recover.ts"), words: ["people", "account"], who: "stranger" },
  { path: "/account", tag: "account-page", load: () => import("../people/account.ts"), words: ["people", "account"], who: "client" },
  { path: "/account/password", tag: "change-password-page", load: () => import("../people/change-password.ts"), words: ["people", "account"], who: "client" },
  { path: "/account/codes", tag: "new-codes-page", load: () => import("../people/new-codes.ts"), words: ["people", "account"], who: "client" },
  { path: "/counselors", tag: "find-page", load: () => import("../booking/find.ts"), words: ["booking", "waitlist"], styles: ["booking"], who: "client" },
  { path: "/counselors/:id", tag: "counselor-page", load: () => import("../booking/counselor.ts"), words: ["booking", "waitlist"], styles: ["booking"], who: "client" },
  { path: "/book", ...book },
  { path: "/book/repeat", ...repeat },
  { path: "/book/dates", ...repeat },
  { path: "/book/:step", ...book },
  { path: "/appointments", tag: "appointments-page", load: () => import("../booking/appointments.ts"), words: ["booking", "waitlist"], styles: ["booking"], who: "client" },
  { path: "/appointments/:id", ...appointment },
  { path: "/appointments/:id/move", tag: "move-page", load: () => import("../booking/move.ts"), words: ["booking"], styles: ["booking"], who: "client" },
  { path: "/appointments/:id/cancel", tag: "series-cancel-page", load: () => import("../booking/series-cancel.ts"), words: ["booking", "series"], styles: ["booking"], who: "client" },
  { path: "/appointments/:id/meet", tag: "meet-page", load: () => import("../meetings/meet.ts"), words: ["meetings"], styles: ["meetings"], who: "client" },
  { path: "/appointments/:id/:news", ...appointment },
  { path: "/waitlist", ...wait },
  { path: "/waitlist/:step", ...wait },
  { path: "/offers/:id", tag: "offer-page", load: () => import("../booking/offer.ts"), words: ["booking", "waitlist"], styles: ["booking"], who: "client" },
  { path: "/reminders", tag: "reminders-page", load: () => import("../reminders/settings-page.ts"), words: ["reminders"], styles: ["reminders"], who: "client" },
  { path: "/notices", tag: "notices-page", load: () => import("../reminders/notices-page.ts"), words: ["reminders"], styles: ["reminders"], who: "client" },
  { path: "/rooms", tag: "rooms-page", load: () => import("../rooms/rooms.ts"), words: ["booking", "rooms", "rooms-about"], styles: ["booking", "rooms"], who: "client" },
  { path: "/rooms/:id", tag: "room-page", load: () => import("../rooms/room.ts"), words: ["booking", "home", "rooms", "rooms-about"], styles: ["booking", "rooms"], who: "client" },
  { path: "/rooms/:id/talk", ...talk },
  { path: "/rooms/:id/circle", tag: "circle-page", load: () => import("../meetings/circle.ts"), words: ["circles", "meetings", "rooms"], styles: ["rooms", "meetings", "circles"], who: "client" },
  { path: "/rooms/:id/decisions", tag: "decisions-page", load: () => import("../rooms/decisions.ts"), words: ["rooms", "rooms-about"], styles: ["booking", "rooms"], who: "client" },
  { path: "/invitation", tag: "invitation-page", load: () => import("../rooms/invitation.ts"), words: ["rooms"] },
  { path: "/unsubscribe", tag: "unsubscribe-page", load: () => import("../reminders/unsubscribe.ts"), words: ["reminders-channels"] },
  { path: "/messages", tag: "threads-page", load: () => import("../rooms/threads.ts"), words: ["rooms"], styles: ["booking", "rooms"], who: "client" },
  { path: "/messages/:id", ...talk },
];
