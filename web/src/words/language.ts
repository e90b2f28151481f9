/** The language the page speaks: which one, its catalogs, and `t`, which every template calls. */

import { catalogs } from "built:catalogs";
import type account from "../../catalogs/en/account.json";
import type booking from "../../catalogs/en/booking.json";
import type circles from "../../catalogs/en/circles.json";
import type frame from "../../catalogs/en/frame.json";
import type home from "../../catalogs/en/home.json";
import type late from "../../catalogs/en/late.json";
import type meetings from "../../catalogs/en/meetings.json";
import type noticesBell from "../../catalogs/en/notices-bell.json";
import type people from "../../catalogs/en/people.json";
import type phone from "../../catalogs/en/phone.json";
import type reminders from "../../catalogs/en/reminders.json";
import type remindersChannels from "../../catalogs/en/reminders-channels.json";
import type remindersPush from "../../catalogs/en/reminders-push.json";
import type rooms from "../../catalogs/en/rooms.json";
import type roomsAbout from "../../catalogs/en/rooms-about.json";
import type series from "../../catalogs/en/series.json";
import type staff from "../../catalogs/en/staff.json";
import type staffCircles from "../../catalogs/en/staff-circles.json";
import type staffHours from "../../catalogs/en/staff-hours.json";
import type staffLadder from "../../catalogs/en/staff-ladder.json";
import type staffMeetings from "../../catalogs/en/staff-meetings.json";
import type staffMessages from "../../catalogs/en/staff-messages.json";
import type staffModeration from "../../catalogs/en/staff-moderation.json";
import type staffNav from "../../catalogs/en/staff-nav.json";
import type staffPhone from "../../catalogs/en/staff-phone.json";
import type staffRooms from "../../catalogs/en/staff-rooms.json";
import type staffRota from "../../catalogs/en/staff-rota.json";
import type staffSettings from "../../catalogs/en/staff-settings.json";
import type staffTalk from "../../catalogs/en/staff-talk.json";
import type staffTold from "../../catalogs/en/staff-told.json";
import type staffUsage from "../../catalogs/en/staff-usage.json";
import type staffWaitlist from "../../catalogs/en/staff-waitlist.json";
import type waitlist from "../../catalogs/en/waitlist.json";
import type zone from "../../catalogs/en/zone.json";
import { type Catalog, say, type Values } from "./message.ts";

/** Catalogs are split by part of the site, so that a first visit does not load the words of the agenda. */
interface Words {
  readonly account: typeof account;
  readonly booking: typeof booking;
  readonly circles: typeof circles;
  readonly frame: typeof frame;
  readonly home: typeof home;
  readonly late: typeof late;
  readonly meetings: typeof meetings;
  readonly "notices-bell": typeof noticesBell;
  readonly people: typeof people;
  readonly phone: typeof phone;
  readonly reminders: typeof reminders;
  readonly "reminders-channels": typeof remindersChannels;
  readonly "reminders-push": typeof remindersPush;
  readonly rooms: typeof rooms;
  readonly "rooms-about": typeof roomsAbout;
  readonly series: typeof series;
  readonly staff: typeof staff;
  readonly "staff-circles": typeof staffCircles;
  readonly "staff-hours": typeof staffHours;
  readonly "staff-ladder": typeof staffLadder;
  readonly "staff-meetings": typeof staffMeetings;
  readonly "staff-messages": typeof staffMessages;
  readonly "staff-moderation": typeof staffModeration;
  readonly "staff-nav": typeof staffNav;
  readonly "staff-phone": typeof staffPhone;
  readonly "staff-rooms": typeof staffRooms;
  readonly "staff-rota": typeof staffRota;
  readonly "staff-settings": typeof staffSettings;
  readonly "staff-talk": typeof staffTalk;
  readonly "staff-told": typeof staffTold;
  readonly "staff-usage": typeof staffUsage;
  readonly "staff-waitlist": typeof staffWaitlist;
  readonly waitlist: typeof waitlist;
  readonly zone: typeof zone;
}
export type Part = keyof Words;
export type Key = { [P in Part]: keyof Words[P] }[Part];

const KEPT_IN = "hearthline.language";
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** For each language, how to load a part of it. */
export type Catalogs = Readonly<Record<string, Readonly<Partial<Record<Part, () => Promise<{ default: Catalog }>>>>>>;

const known: Catalogs[] = [catalogs];

/** Tells where more parts are; whoever needs their words says so first. */
export function offerCatalogs(more: Catalogs): void {
  known.push(more);
}

let current = "en";
let words: Catalog = {};
const loaded = new Set<Part>();

export const locale = (): string => current;

/** The language as the person's own region writes dates and numbers: "en-GB" where the page speaks "en". */
export const region = (): string => navigator.languages.find((tag) => tag.split("-")[0] === current) ?? current;

export const direction = (): "rtl" | "ltr" => (RIGHT_TO_LEFT.has(current) ? "rtl" : "ltr");

export function t(key: Key, values?: Values): string {
  return say(current, words[key], values);
}

/** Families of keys that end in a code of the API. */
type Family =
  | "topic" | "mode" | "problem" | "status" | "part" | "audience" | "entry" | "reaction" | "report" | "held" | "step" | "line"
  | "refusal" | "calendar-trouble" | "allow" | "network" | "level" | "trouble" | "channel-off";

/** The words for a code of the API (a topic, a mode, a problem). Empty when the catalogs do not know it. */
export function tCode(family: Family, code: string, values?: Values): string {
  return say(current, words[`${family}.${code}`], values);
}

/** The language kept from the last visit, else the first of the browser's that the site has, else English. */
export function preferredLanguage(offered: readonly string[]): string {
  const wishes = [remembered(), ...navigator.languages.map((tag) => tag.split("-")[0] ?? "")];
  return wishes.find((wish) => offered.includes(wish) && wish in catalogs) ?? "en";
}

export async function needWords(parts: readonly Part[]): Promise<void> {
  const missing = parts.filter((part) => !loaded.has(part));
  const language = current;
  const found = await Promise.all(missing.map((part) => read(language, part)));
  // Another language was chosen while these were on their way.
  if (language !== current) return needWords(parts);
  words = Object.assign({}, words, ...found);
  for (const part of missing) loaded.add(part);
}

/** Swaps every loaded catalog at once; the event tells all elements on the page to draw themselves again. */
export async function speak(language: string): Promise<void> {
  const found = await Promise.all([...loaded].map((part) => read(language, part)));
  current = language;
  words = Object.assign({}, ...found);
  document.documentElement.lang = language;
  document.documentElement.dir = direction();
  document.dispatchEvent(new Event("language"));
}

export async function chooseLanguage(language: string): Promise<void> {
  await speak(language);
  try {
    localStorage.setItem(KEPT_IN, language);
  } catch {
    // Storage can be switched off; the choice then lasts as long as the page.
  }
}

/** The language's name in itself, as its speakers look for it. */
export function nameOfLanguage(tag: string, inLocale = current): string {
  return new Intl.DisplayNames([inLocale], { type: "language" }).of(tag) ?? tag;
}

async function read(language: string, part: Part): Promise<Catalog> {
  const of = language in catalogs ? language : "en";
  const load = known.map((some) => some[of]?.[part]).find(Boolean);
  return load ? (await load()).default : {};
}

function remembered(): string {
  try {
    return localStorage.getItem(KEPT_IN) ?? "";
  } catch {
    return "";
  }
}
