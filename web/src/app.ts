/** Starts the site in the browser: settings and words first, then the frame in place of the static page. */

import { member, staff } from "./api/sign-in.ts";
import { readSettings, settings } from "./frame/settings.ts";
import "./frame/fallbacks.ts";
import type { Part } from "./frame/part.ts";
import "./frame/shell.ts";
import { router } from "./frame/router.ts";
import { allowOwnScripts } from "./frame/trust.ts";
import { needWords, preferredLanguage, speak } from "./words/language.ts";

async function start(): Promise<void> {
  allowOwnScripts();
  await speak(preferredLanguage(["en", "es", "ar"]));
  // All at once: on a bad connection each round trip counts.
  await Promise.all([readSettings(), needWords(["frame"]), router.fetchAhead(location.pathname)]);
  const language = preferredLanguage(settings().languages);
  if (language !== document.documentElement.lang) await speak(language);
  for (const signIn of [member, staff]) signIn.addEventListener("change", () => void followAccount());
  router.addEventListener("change", () => void show());
  router.start();
  // Public pages do not wait for this; the header changes when it is known who is there.
  void member.start().catch(() => {});
  if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js").catch(() => {});
}

/** The static page stays until there is one to take its place. Whoever stands on a link of it stands on the same one then. */
async function show(): Promise<void> {
  if (!router.page || document.querySelector("hearth-shell")) return;
  const link = document.activeElement?.getAttribute("href");
  const shell = document.createElement("hearth-shell") as Part;
  document.getElementById("site")?.replaceChildren(shell);
  document.documentElement.classList.remove("elsewhere");
  await shell.updateComplete;
  if (link) shell.querySelector<HTMLElement>(`a[href="${CSS.escape(link)}"]`)?.focus();
}

async function followAccount(): Promise<void> {
  const language = (location.pathname.startsWith("/staff") ? staff : member).person?.language;
  if (language && language !== document.documentElement.lang && settings().languages.includes(language)) await speak(language);
}

void start();
