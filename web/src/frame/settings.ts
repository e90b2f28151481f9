/** What the organisation that runs the site has set. Written by the stack, read once, and never a reason to wait long. */

export interface Settings {
  readonly organisation: string;
  readonly contact_email: string;
  readonly countries: readonly string[];
  readonly languages: readonly string[];
  readonly default_zone: string;
  readonly video_provider: string;
  readonly circle_provider: string;
  /** Whether calls that browsers connect themselves can go through a server, which hides one's address from the others. */
  readonly relay: boolean;
  /** The number that clients can call, where there is one. */
  readonly phone: { readonly number: string } | null;
  /** The ways by which notices reach people by an address of theirs: "email", "sms". */
  readonly channels: readonly string[];
  readonly local: boolean;
  readonly version: string;
}

const WITHOUT: Settings = {
  organisation: ORGANISATION,
  contact_email: "",
  countries: [],
  languages: ["en", "es", "ar"],
  default_zone: "UTC",
  video_provider: "",
  circle_provider: "",
  relay: false,
  phone: null,
  channels: [],
  local: false,
  version: "",
};
const PATIENCE_MS = 2_000;

let read: Settings = WITHOUT;
export const settings = (): Settings => read;

/** Falls back to neutral settings, so that the site still opens offline. */
export async function readSettings(): Promise<void> {
  try {
    const answer = await fetch("/config.json", { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-cache" });
    if (answer.ok) read = { ...WITHOUT, ...((await answer.json()) as Partial<Settings>) };
  } catch {
    read = WITHOUT;
  }
}
