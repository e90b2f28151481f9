/**
 * Keeps the site's own files for when there is no network, above all the help lines. Nothing from /api/, nothing about
 * a person, is ever kept. And shows push messages.
 */

import { takePushes } from "./reminders/notifications.ts";

interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
}
interface WorkerEvent {
  readonly request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}
const worker = globalThis as unknown as Worker;
const SHELF = `hearthline-${EDITION}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll([...KEPT_OFFLINE])).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(clearOldShelves().then(() => worker.clients.claim()));
});

takePushes(globalThis as unknown as Parameters<typeof takePushes>[0], location.origin);

worker.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/assets/")) event.respondWith(keptFirst(event.request));
  else if (event.request.mode === "navigate") event.respondWith(networkFirst(event.request, address.pathname));
});

/** What is under /assets/ never changes: its name would. */
async function keptFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  const copy = answer.clone();
  // Not awaited: the page comes first. A full store only means that this file is asked for again.
  if (answer.ok) void caches.open(SHELF).then((shelf) => shelf.put(request, copy)).catch(() => {});
  return answer;
}

async function networkFirst(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await caches.match(path.endsWith(".html") ? path : "/index.html");
    if (kept) return kept;
    throw failure;
  }
}

async function clearOldShelves(): Promise<void> {
  const shelves = await caches.keys();
  await Promise.all(shelves.filter((name) => name.startsWith("hearthline-") && name !== SHELF).map((name) => caches.delete(name)));
}
