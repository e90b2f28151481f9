/** Push messages in the service worker: shown as notifications, and opened when they are tapped. */

/** What the site sends (`shared/reminders/push_sender.py`). */
interface Message {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly link: string;
  readonly language: string;
}
interface Shown {
  readonly title: string;
  readonly options: { body: string; tag: string; lang: string; dir: "auto"; icon: string; data: string };
}
interface Notice {
  readonly data: unknown;
  close(): void;
}
interface Subscription {
  readonly options: { readonly applicationServerKey: ArrayBuffer | null };
}
interface Window {
  readonly url: string;
  focus(): Promise<unknown>;
}
interface PushEvent {
  readonly data: { json(): unknown } | null;
  readonly notification: Notice;
  readonly oldSubscription: Subscription | null;
  readonly newSubscription: Subscription | null;
  waitUntil(work: Promise<unknown>): void;
}
interface Worker {
  readonly registration: {
    showNotification(title: string, options: Shown["options"]): Promise<void>;
    readonly pushManager: { subscribe(options: { userVisibleOnly: true; applicationServerKey: ArrayBuffer }): Promise<unknown> };
  };
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Window[]>;
    openWindow(address: string): Promise<unknown>;
  };
  addEventListener(type: string, listener: (event: PushEvent) => void): void;
}

/** What is shown of a message. A browser wants to see something for each, so one that cannot be read gets a name and no words. */
export function shown(message: Partial<Message> | null): Shown {
  const { id = "", title = "Hearth", body = "", link = "/", language = "" } = message ?? {};
  // With a tag that is there already, the old one is replaced without a sound.
  return { title, options: { body, tag: id, lang: language, dir: "auto", icon: "/apple-touch-icon.png", data: link } };
}

/** Where a tap leads: a page of this site, whatever the message says. */
export function leads(link: unknown, origin: string): string {
  try {
    const address = new URL(String(link), origin);
    return address.origin === origin ? address.href : `${origin}/`;
  } catch {
    return `${origin}/`;
  }
}

export function takePushes(worker: Worker, origin: string): void {
  worker.addEventListener("push", (event) => {
    const { title, options } = shown(read(event));
    event.waitUntil(worker.registration.showNotification(title, options));
  });
  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(worker, leads(event.notification.data, origin)));
  });
  worker.addEventListener("pushsubscriptionchange", (event) => {
    const key = event.oldSubscription?.options.applicationServerKey;
    // The API learns of the new one when the site is opened next: nobody is signed in here.
    if (!event.newSubscription && key) event.waitUntil(worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  });
}

function read(event: PushEvent): Partial<Message> | null {
  try {
    return event.data?.json() as Partial<Message> | null;
  } catch {
    return null;
  }
}

/** The page itself if it is open, else a new one: a page that stands elsewhere may be in a call. */
async function open(worker: Worker, address: string): Promise<unknown> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => url === address);
  return there ? there.focus() : worker.clients.openWindow(address);
}
