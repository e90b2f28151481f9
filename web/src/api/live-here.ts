/** The sockets of this page: one for the client who is signed in, one for the colleague. */

import { call } from "./call.ts";
import { Intent } from "./intent.ts";
import { Live, type Surroundings } from "./live.ts";
import { member, type SignIn, staff } from "./sign-in.ts";
import { later } from "./timers.ts";

const lives = new Map<string, Live>();

export function liveOf(prefix: "/api" | "/api/staff"): Live {
  let live = lives.get(prefix);
  if (!live) lives.set(prefix, (live = begun(prefix === "/api" ? (member as SignIn<unknown>) : (staff as SignIn<unknown>))));
  return live;
}

function begun(signIn: SignIn<unknown>): Live {
  const live = new Live(surroundings(signIn.prefix));
  signIn.addEventListener("change", () => {
    if (!signIn.person) live.end();
  });
  for (const event of ["online", "offline", "pageshow"]) addEventListener(event, () => live.wake());
  // A page that is put away, or left quickly, must not be counted as someone who is here.
  addEventListener("pagehide", () => live.stop());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") live.wake();
  });
  return live;
}

function surroundings(prefix: string): Surroundings {
  return {
    async ticket() {
      return (await call<{ ticket: string }>("POST", `${prefix}/live/tickets`, { body: {}, intent: new Intent() })).ticket;
    },
    open: (protocols) => new WebSocket(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/live`, protocols),
    later,
    now: () => performance.now(),
    random: () => Math.random(),
    online: () => navigator.onLine,
  };
}
