/** What can be said of a connection before a call, in one word. */

export type Line = "checking" | "good" | "slow" | "weak" | "offline";

export interface Signs {
  readonly online: boolean;
  /** Milliseconds to our own server and back; null if nothing came back. */
  readonly roundTrip: number | null;
  /** As the browser guesses it (Network Information API), where it does. */
  readonly effectiveType?: string | undefined;
}

/** A call needs its words back within half a second (ITU-T G.114); the round trip here has a server's work in it. */
const GOOD_MS = 400;
const SLOW_MS = 1_200;
const PATIENCE_MS = 6_000;
const TRIES = 3;

export function lineBy({ online, roundTrip, effectiveType }: Signs): Line {
  if (!online || roundTrip === null) return "offline";
  if (roundTrip > SLOW_MS || effectiveType === "slow-2g" || effectiveType === "2g") return "weak";
  return roundTrip > GOOD_MS || effectiveType === "3g" ? "slow" : "good";
}

interface Connection {
  readonly effectiveType?: string;
  readonly saveData?: boolean;
}

const connection = (): Connection | undefined => (navigator as Navigator & { connection?: Connection }).connection;

/** The person has told their browser to use little data. */
export const savesData = (): boolean => connection()?.saveData === true;

/** Asks for one of our own small files a few times; the best answer counts, the first one also opens the connection. */
export async function lookAtLine(): Promise<Line> {
  let best: number | null = null;
  for (let turn = 0; turn < TRIES && navigator.onLine; turn += 1) {
    const asked = performance.now();
    const came = await fetch("/config.json", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) }).then(({ ok }) => ok, () => false);
    if (came) best = Math.min(best ?? Infinity, performance.now() - asked);
  }
  return lineBy({ online: navigator.onLine, roundTrip: best, effectiveType: connection()?.effectiveType });
}
