/** Runs before the page is drawn, on every page, even where the rest never loads: quick exit and a first paint that fits. */

import { watchForExit } from "./frame/exit.ts";

watchForExit();

const root = document.documentElement;
root.classList.add("scripted");

// The static page holds the public home in English. Anywhere else it would flash up and go: hide it until the app draws.
let kept: string | null = null;
try {
  kept = localStorage.getItem("hearthline.language");
} catch {
  // Storage can be switched off; the browser's own language then decides.
}
const language = kept ?? navigator.language;
if (location.pathname !== "/" || !language.startsWith("en")) root.classList.add("elsewhere");
