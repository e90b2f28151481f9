/** Runs before the page is drawn, on every page, even where the rest never loads: quick exit and a first paint that fits. */

import { watchForExit } from "./frame/exit.ts";

watchForExit();

const root = document.documentElement;
root.classList.add("scripted");

// index.html answers for every address and holds the public home in English. Where another page is wanted, it would
// flash up and go: hide it until the app draws; so too where somebody is signed in, whom it would offer an account.
// The help pages are whole as they are and are never hidden.
let kept: string | null = null;
let signedIn = false;
try {
  kept = localStorage.getItem("hearthline.language");
  signedIn = ["hearthline.member", "hearthline.staff"].some((hint) => localStorage.getItem(hint) !== null);
} catch {
  // Storage can be switched off; the browser's own language then decides.
}
const language = kept ?? navigator.language;
const standIn = root.dataset["document"] === "start" && (location.pathname !== "/" || !language.startsWith("en") || signedIn);
if (standIn) root.classList.add("elsewhere");
