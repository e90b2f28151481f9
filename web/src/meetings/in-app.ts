/**
 * Browsers inside of other apps: a link in a chat opens there, and most of them have no camera or microphone to give.
 * Pure: says from the user agent where the page is shown, and what leads out.
 */

export interface InApp {
  /** The app's name as people know it; empty where it does not say. */
  readonly app: string;
  readonly platform: "android" | "ios";
}

const APPS: readonly (readonly [RegExp, string])[] = [
  [/Instagram/, "Instagram"],
  [/\bMessenger|FB_IAB\/Orca|FBAN\/Messenger/, "Messenger"],
  [/FBAN|FBAV|FB_IAB|FBIOS/, "Facebook"],
  [/BytedanceWebview|musical_ly|TikTok|trill_/i, "TikTok"],
  [/\bLine\//, "LINE"],
  [/MicroMessenger/, "WeChat"],
  [/Snapchat/, "Snapchat"],
  [/Twitter/, "X"],
  [/LinkedInApp/, "LinkedIn"],
  [/Pinterest/, "Pinterest"],
  [/WhatsApp/, "WhatsApp"],
  [/TelegramBot|Telegram-Android/, "Telegram"],
  [/\bGSA\//, "Google"],
];

/** Null in a browser of its own. */
export function inAppOf(userAgent: string): InApp | null {
  const platform = /Android/.test(userAgent) ? "android" : /iPhone|iPad|iPod/.test(userAgent) ? "ios" : null;
  if (!platform) return null;
  const app = APPS.find(([mark]) => mark.test(userAgent))?.[1];
  if (app !== undefined) return { app, platform };
  // Android's WebView marks itself with "; wv)". On iOS only Safari itself says both "Version/" and "Safari/"; the other
  // browsers there have marks of their own, and all of them can make calls.
  if (platform === "android") return /; wv\)/.test(userAgent) ? { app: "", platform } : null;
  const browser = /Safari\//.test(userAgent) || /CriOS|FxiOS|EdgiOS|OPT\//.test(userAgent);
  return browser ? null : { app: "", platform };
}

/**
 * The address by which Android opens our own page in the person's browser (Chrome's "intent:" scheme); null on iOS, where
 * nothing but the app's own menu leads out. `page` is an absolute http(s) address.
 */
export function wayOut({ platform }: InApp, page: string): string | null {
  if (platform === "ios") return null;
  const { protocol, host, pathname } = new URL(page);
  const fallback = encodeURIComponent(`${protocol}//${host}${pathname}`);
  return `intent://${host}${pathname}#Intent;scheme=${protocol.slice(0, -1)};action=android.intent.action.VIEW;` +
    `category=android.intent.category.BROWSABLE;S.browser_fallback_url=${fallback};end`;
}
