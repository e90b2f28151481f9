import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const idOf = (endpoint) => createHash("sha256").update(endpoint).digest("hex").slice(0, 32);

/** The browser around the module: what it was told, what it holds, and the API it talks to. */
const here = {};
globalThis.addEventListener ??= () => {};
globalThis.window ??= globalThis;
globalThis.PushManager ??= class {};
globalThis.Notification = { get permission() { return here.leave; }, requestPermission: async () => (here.leave = here.answer) };
Object.defineProperty(globalThis, "localStorage", { value: { getItem: (name) => here.kept.get(name) ?? null, setItem: (name, value) => here.kept.set(name, value), removeItem: (name) => here.kept.delete(name) } });
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"], onLine: true, userAgent: "", serviceWorker: { getRegistration: async () => ({ pushManager }) } } });
globalThis.fetch = async (path, { method, body }) => {
  here.asked.push(`${method} ${path}`);
  if (method === "GET") return Response.json({ key: KEY, devices: here.devices });
  if (method === "DELETE") {
    here.devices = here.devices.filter(({ id }) => !path.endsWith(id));
    return new Response(null, { status: 204 });
  }
  const device = { id: idOf(JSON.parse(body).endpoint), since: "2026-11-24T18:00:00Z" };
  here.devices.push(device);
  return Response.json(device);
};
const pushManager = {
  getSubscription: async () => here.subscription,
  subscribe: async ({ applicationServerKey }) => {
    if (here.noService) throw new DOMException("no push service", "AbortError");
    return (here.subscription = subscription(`https://fcm.googleapis.com/${++here.made}`, applicationServerKey));
  },
};

function subscription(endpoint, key) {
  return {
    endpoint, options: { applicationServerKey: Uint8Array.from(key).buffer },
    toJSON: () => ({ endpoint, keys: { p256dh: "public", auth: "secret" } }),
    unsubscribe: async () => ((here.subscription = null), true),
  };
}

function fresh(more = {}) {
  Object.assign(here, { leave: "default", answer: "granted", kept: new Map(), devices: [], asked: [], subscription: null, made: 0, noService: false }, more);
}

const { bytesOf, deviceId, member, pushHere, switchOff, switchOn } = await bundled("reminders/push.ts", 'export { member } from "../api/sign-in.ts";');

test("a page knows its own device by the id that the API has for it", async () => {
  assert.equal(await deviceId("https://fcm.googleapis.com/1"), idOf("https://fcm.googleapis.com/1"));
});

test("looking asks the browser for nothing; switching on asks, subscribes and tells the API; switching off undoes it", async () => {
  fresh();
  assert.equal((await pushHere("/api")).state, "off");
  assert.deepEqual([here.leave, here.made], ["default", 0]);
  assert.equal(await switchOn("/api", KEY), "on");
  const { state, id } = await pushHere("/api");
  assert.deepEqual([state, id], ["on", idOf("https://fcm.googleapis.com/1")]);
  await switchOff("/api", id);
  assert.equal(here.subscription, null);
  assert.equal((await pushHere("/api")).state, "off");
});

test("who says no is not asked by us, and nothing is told", async () => {
  fresh({ answer: "denied" });
  assert.equal(await switchOn("/api", KEY), "denied");
  assert.equal((await pushHere("/api")).state, "denied");
  assert.deepEqual(here.asked, ["GET /api/me/devices"]);
});

test("a subscription for a key that is no more is made anew", async () => {
  fresh({ leave: "granted", subscription: subscription("https://fcm.googleapis.com/old", bytesOf(KEY).reverse()) });
  await switchOn("/api", KEY);
  assert.deepEqual(here.devices.map(({ id }) => id), [idOf("https://fcm.googleapis.com/1")]);
});

test("a browser without a push service is said to have none", async () => {
  fresh({ noService: true });
  await assert.rejects(switchOn("/api", KEY), { code: "push_not_possible" });
});

test("what the browser renewed by itself is told at the next visit of whoever had it on, and of nobody else", async () => {
  fresh();
  member.update({ id: "alice" });
  await switchOn("/api", KEY);
  here.subscription = subscription("https://fcm.googleapis.com/renewed", bytesOf(KEY));
  member.update({ id: "ben" });
  assert.equal((await pushHere("/api")).state, "off");
  member.update({ id: "alice" });
  assert.equal((await pushHere("/api")).id, idOf("https://fcm.googleapis.com/renewed"));
});

test("what was switched off from another device stays off here", async () => {
  fresh();
  member.update({ id: "alice" });
  await switchOn("/api", KEY);
  here.devices = [];
  assert.equal((await pushHere("/api")).state, "off");
});
