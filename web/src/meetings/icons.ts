/** The pictures on the buttons of a call. Each button has its word beside it. */

import { html, type TemplateResult } from "lit";

const PATHS = {
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  camera: "M3 7h11v10H3zM14 11l6-3v8l-6-3",
  write: "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5",
  screen: "M3 4h18v12H3zM9 20h6M12 13V7M9 10l3-3 3 3",
  inset: "M3 5h18v14H3zM12 12h7v5h-7z",
  more: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
  leave: "M4 14c5-5 11-5 16 0l-2 3-4-2v-3h-4v3l-4 2z",
} as const;

export type Icon = keyof typeof PATHS;

/** `off` strikes it through. */
export function icon(name: Icon, off = false): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
    <path d=${PATHS[name] + (off ? "M4 3l16 18" : "")}/>
  </svg>`;
}
