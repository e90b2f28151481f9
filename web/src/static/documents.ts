/** The documents that need no script: index.html with the start page, and the help page of each language. */

import { brand, footer, helpAddress, safetyBar } from "../frame/furniture.ts";
import type { Key } from "../words/language.ts";
import { front } from "../home/front.ts";
import { type Catalog, say, type Values } from "../words/message.ts";
import { text, written } from "./text.ts";

/** Hashed addresses of what a document loads. */
export interface Assets {
  readonly app: string;
  /** What the app imports at once: named in the document, so that the browser need not find out one by one. */
  readonly ahead: readonly string[];
  readonly early: string;
  readonly styles: Readonly<Record<string, string>>;
}

const RIGHT_TO_LEFT = new Set(["ar"]);

export function startDocument(words: Catalog, assets: Assets, organisation: string): string {
  const t = speaker("en", words);
  return document("start", "en", assets, `${t("home.heading")} – ${organisation}`, ["site"], [assets.app, ...assets.ahead], text`
    ${safetyBar(text, t, "en")}
    <header class="header">
      <div class="header-line"><div class="measure">${brand(text, t)}</div></div>
      <nav class="nav measure" aria-label="${t("nav.label")}"><ul>
        <li><a href="/sign-in">${t("nav.sign-in")}</a></li>
        <li><a href="/register">${t("nav.register")}</a></li>
      </ul></nav>
    </header>
    <noscript><p class="notice measure">${t("noscript")}</p></noscript>
    <p class="waiting measure slow-start">${t("waiting")}</p>
    <p class="waiting very measure slow-start">${t("slow")} <a href="/help.html">${t("footer.help")}</a></p>
    <main id="main" class="measure" tabindex="-1"><div class="page">${front(text, t, "en")}</div></main>
    ${footer(text, t, "en", organisation, "")}`);
}

export function helpDocument(language: string, words: Catalog, assets: Assets, languages: readonly string[], organisation: string, lines: unknown): string {
  const t = speaker(language, words);
  const named = (tag: string): string => new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return document("help", language, assets, `${say(language, words["help.heading"])} – ${organisation}`, ["site", "help"], [], text`
    ${safetyBar(text, t, language)}
    <header class="header">
      <div class="header-line"><div class="measure">
        ${brand(text, t)}
        <ul class="languages" aria-label="${t("language.label")}">
          ${languages.filter((other) => other !== language).map((other) =>
            text`<li><a class="link" lang="${other}" href="${helpAddress(other)}">${named(other)}</a></li>`)}
        </ul>
      </div></div>
    </header>
    <main id="main" class="measure" tabindex="-1">${lines}</main>
    ${footer(text, t, language, organisation, "")}`);
}

export function speaker(language: string, words: Catalog): (key: Key, values?: Values) => string {
  return (key, values) => say(language, words[key], values);
}

function document(kind: "start" | "help", language: string, assets: Assets, title: string, styles: readonly string[], modules: readonly string[], body: unknown): string {
  return `<!doctype html>\n${written(text`<html data-document="${kind}" lang="${language}" dir="${RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="apple-mobile-web-app-title" content="Hearth">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<link rel="manifest" href="/manifest.webmanifest">
${styles.map((name) => text`<link rel="stylesheet" href="${assets.styles[name]}">`)}
<script src="${assets.early}"></script>
${modules.map((address, at) => (at ? text`<link rel="modulepreload" href="${address}">` : text`<script type="module" src="${address}"></script>`))}
</head>
<body><div id="site">${body}</div></body>
</html>
`)}`;
}
