/** Push messages in this browser: whether they can come, whether they do, and switching them on and off. */

import { call } from "../api/call.ts";
import { Intent } from "../api/intent.ts";
import { Problem } from "../api/problem.ts";
import { member, staff } from "../api/sign-in.ts";

/**
 * `home-screen`: an iPhone or iPad, where they come only to a site that was put on the home screen. `denied`: the browser was
 * told not to, and asks nobody again.
 */
export type PushState = "unsupported" | "home-screen" | "denied" | "off" | "on";

export interface Device {
  readonly id: string;
  readonly since: string;
}
export interface Devices {
  /** What browsers subscribe for. */
  readonly key: string;
  readonly devices: readonly Device[];
}
export interface PushHere {
  readonly state: PushState;
  /** Of this browser, while it is on. */
  readonly id: string;
  readonly known: Devices;
}
type Prefix = "/api" | "/api/staff";

/** How things stand. A subscription that the browser renewed by itself is told to the API. */
export async function pushHere(prefix: Prefix): Promise<PushHere> {
  const known = await call<Devices>("GET", `${prefix}/me/devices`);
  const state = able();
  if (state !== "off") return { state, id: "", known };
  const subscription = await current();
  if (!subscription || Notification.permission !== "granted") return { state, id: "", known };
  const id = await deviceId(subscription.endpoint);
  if (known.devices.some((device) => device.id === id)) return { state: "on", id, known };
  // Else it is somebody else's here, or was switched off from elsewhere: that stays so.
  if (!renewed(prefix, id) || !sameKey(subscription, known.key)) return { state, id: "", known };
  await tell(prefix, subscription);
  return { state: "on", id, known: await call<Devices>("GET", `${prefix}/me/devices`) };
}

/** Asks the browser for its leave, which has to follow a tap, and subscribes. Answers what came of the question. */
export async function switchOn(prefix: Prefix, key: string): Promise<PushState> {
  const leave = await Notification.requestPermission();
  if (leave !== "granted") return leave === "denied" ? "denied" : "off";
  await tell(prefix, await subscribed(key));
  return "on";
}

/** Fails with `push_not_possible` where the browser has no push service, or cannot reach it. */
async function subscribed(key: string): Promise<PushSubscription> {
  try {
    const pushManager = (await navigator.serviceWorker.getRegistration())?.pushManager;
    if (!pushManager) throw new Error("no service worker");
    const before = await pushManager.getSubscription();
    if (before && sameKey(before, key)) return before;
    await before?.unsubscribe();
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  } catch {
    throw new Problem("push_not_possible");
  }
}

/** Forgets a device; this browser's own subscription ends with it. */
export async function switchOff(prefix: Prefix, id: string): Promise<void> {
  const subscription = await current();
  const here = subscription && (await deviceId(subscription.endpoint)) === id;
  if (here) forget();
  await call("DELETE", `${prefix}/me/devices/${id}`, { body: {} });
  if (here) await subscription.unsubscribe();
}

/** Half of the SHA-256 of the endpoint, as the API names a device. */
export async function deviceId(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

function able(): PushState {
  const here = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!here) return isApple() ? "home-screen" : "unsupported";
  return Notification.permission === "denied" ? "denied" : "off";
}

/** An iPhone or iPad; iPads call themselves Macs, but no Mac is touched with several fingers. */
function isApple(): boolean {
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

async function current(): Promise<PushSubscription | null> {
  const registration = "serviceWorker" in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

function sameKey(subscription: PushSubscription, key: string): boolean {
  const theirs = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  const ours = bytesOf(key);
  return theirs.length === ours.length && ours.every((byte, place) => byte === theirs[place]);
}

async function tell(prefix: Prefix, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const device = await call<Device>("PUT", `${prefix}/me/devices`, {
    body: { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] }, intent: new Intent(),
  });
  remember(prefix, device.id);
}

const KEPT_IN = "hearthline.push";

/** Who switched it on here, and for which subscription: a browser that renews one says so to nobody else. */
function remember(prefix: Prefix, id: string): void {
  try {
    localStorage.setItem(KEPT_IN, `${personOf(prefix)} ${id}`);
  } catch {
    // Storage can be switched off: then a renewed subscription has to be switched on again.
  }
}

function forget(): void {
  try {
    localStorage.removeItem(KEPT_IN);
  } catch {
    // Then nothing was kept.
  }
}

/** Whether the browser has another subscription than the one for which this person switched it on. */
function renewed(prefix: Prefix, id: string): boolean {
  try {
    const [person, before] = (localStorage.getItem(KEPT_IN) ?? "").split(" ");
    return Boolean(person) && person === personOf(prefix) && before !== id;
  } catch {
    return false;
  }
}

function personOf(prefix: Prefix): string {
  return (prefix === "/api" ? member : staff).person?.id ?? "";
}
