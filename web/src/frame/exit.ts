/**
 * Leaving at once: for someone whose screen must not be seen by the person coming in.
 *
 * The page is blank before anything else happens; nothing is awaited and nothing is recorded. The neutral page takes
 * the place of the current one in the history, but earlier pages stay there: the site never claims otherwise.
 */

export const NEUTRAL_PAGE = "https://www.bbc.com/weather";

const PRESSES = 3;
const WITHIN_MS = 2_000;

/** Set while leaving, so that a page which guards unsaved things does not ask "are you sure?". */
let going = false;
export const isLeaving = (): boolean => going;

export function leave(): void {
  going = true;
  document.documentElement.hidden = true;
  document.title = "\u200b";
  document.body.replaceChildren();
  location.replace(NEUTRAL_PAGE);
  forget();
}

/** Ends what this tab and this browser hold of a visit. Sends, but never waits for, the end of the sign-in. */
function forget(): void {
  try {
    for (const [hint, address] of [
      ["hearthline.member", "/api/auth/sign-out"],
      ["hearthline.staff", "/api/staff/auth/sign-out"],
    ] as const) {
      if (localStorage.getItem(hint)) navigator.sendBeacon(address, new Blob(["{}"], { type: "application/json" }));
      localStorage.removeItem(hint);
    }
    sessionStorage.clear();
  } catch {
    // Storage can be switched off. There is then nothing to clear.
  }
}

/** Listens from the first moment of the page, before and without the rest of the script. */
export function watchForExit(): void {
  let presses: number[] = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= PRESSES) leave();
  });
  addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  // Coming back by the browser's own button must not show the page as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted && going) location.reload();
  });
}
