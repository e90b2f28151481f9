import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { leads, shown, takePushes } = await bundled("reminders/notifications.ts");
const SITE = "https://hearth.example";

/** A service worker, as far as it takes pushes; `happens` answers when all that an event caused is done. */
function worker(...open) {
  const listeners = {};
  const seen = { shown: [], focused: [], opened: [], subscribed: [], closed: 0 };
  const windows = open.map((url) => ({ url, focus: async () => seen.focused.push(url) }));
  takePushes({
    registration: {
      showNotification: async (title, options) => seen.shown.push({ title, ...options }),
      pushManager: { subscribe: async ({ applicationServerKey }) => seen.subscribed.push(applicationServerKey) },
    },
    clients: { matchAll: async () => windows, openWindow: async (address) => seen.opened.push(address) },
    addEventListener: (type, listener) => (listeners[type] = listener),
  }, SITE);
  const happens = async (type, event) => {
    const work = [];
    listeners[type]({ ...event, waitUntil: (one) => work.push(one) });
    await Promise.all(work);
  };
  const tapped = (data) => happens("notificationclick", { notification: { data, close: () => seen.closed++ } });
  return { seen, happens, tapped };
}

test("a message is shown in its language, and one with the same id takes its place", async () => {
  const { seen, happens } = worker();
  const message = { id: "7f", title: "Hearth", body: "Hoy a las 19:00", link: "/appointments", language: "es" };
  await happens("push", { data: { json: () => message } });
  const [{ title, body, tag, lang, data }] = seen.shown;
  assert.deepEqual([title, body, tag, lang, data], ["Hearth", "Hoy a las 19:00", "7f", "es", "/appointments"]);
  assert.ok(!("renotify" in seen.shown[0]));
});

test("a message that cannot be read still shows something, and says nothing", async () => {
  const { seen, happens } = worker();
  await happens("push", { data: null });
  await happens("push", { data: { json: () => JSON.parse("{") } });
  for (const { title, body, data } of seen.shown) assert.deepEqual([title, body, data], ["Hearth", "", "/"]);
  assert.equal(seen.shown.length, 2);
  assert.equal(shown(null).title, "Hearth");
});

test("a tap goes to the page that is open already, and otherwise to a new one, so that nobody is taken out of a call", async () => {
  const { seen, tapped } = worker(`${SITE}/appointments/1/meet`, `${SITE}/appointments`);
  await tapped("/appointments");
  await tapped("/account");
  assert.deepEqual(seen.focused, [`${SITE}/appointments`]);
  assert.deepEqual(seen.opened, [`${SITE}/account`]);
  assert.equal(seen.closed, 2);
});

test("a tap never leads away from the site", () => {
  for (const link of ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "https://", undefined]) {
    assert.ok(leads(link, SITE).startsWith(`${SITE}/`), String(link));
  }
  assert.equal(leads("/appointments", SITE), `${SITE}/appointments`);
});

test("a subscription that ended is made again with the same key, unless the browser has made one", async () => {
  const { seen, happens } = worker();
  const old = { options: { applicationServerKey: "the key" } };
  await happens("pushsubscriptionchange", { oldSubscription: old, newSubscription: old });
  await happens("pushsubscriptionchange", { oldSubscription: null, newSubscription: null });
  await happens("pushsubscriptionchange", { oldSubscription: old, newSubscription: null });
  assert.deepEqual(seen.subscribed, ["the key"]);
});
