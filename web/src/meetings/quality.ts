/** How well somebody is heard and seen, in one word, from what the browser counts. Pure. */

import type { Quality } from "./call.ts";

/** What was counted of one connection up to an instant; the counters only grow. */
export interface Counted {
  readonly connected: boolean;
  readonly received: number;
  readonly lost: number;
  /** Seconds. */
  readonly jitter: number;
  /** Seconds, there and back. */
  readonly roundTrip: number;
  /** Of what we send, 0 to 1: the other side's word. */
  readonly lostOfOurs: number;
}

export interface Judged {
  readonly quality: Quality;
  readonly last: Counted | null;
  /** How often in a row it looked better, or worse, than the word says. */
  readonly differing: number;
  readonly quiet: number;
}

export const UNJUDGED: Judged = { quality: "connecting", last: null, differing: 0, quiet: 0 };

/** ITU-T G.114 and G.1020: beyond these, people talk over each other, or words are missing. */
const MOST_ROUND_TRIP_S = 0.5;
const MOST_JITTER_S = 0.06;
const MOST_LOSS = 0.06;
/** A word that changes to and fro makes people uneasy: it worsens after two looks, and gets better after four. */
const LOOKS_TO_POOR = 2;
const LOOKS_TO_GOOD = 4;
/** Looks without a single packet after which nothing comes any more. */
const LOOKS_TO_LOST = 3;

/** To be called at even intervals (2 s) with what has been counted by then. */
export function judged(before: Judged, now: Counted): Judged {
  const { last } = before;
  if (!now.connected) return { ...UNJUDGED, quality: last ? "lost" : "connecting", last: last && { ...last, connected: false } };
  // A connection that replaced another counts from nothing.
  if (!last?.connected || now.received < last.received) return { ...UNJUDGED, quality: "good", last: now };
  const came = now.received - last.received;
  const quiet = came > 0 ? 0 : before.quiet + 1;
  if (quiet >= LOOKS_TO_LOST) return { quality: "lost", last: now, differing: 0, quiet };
  if (before.quality === "lost") return { quality: quiet ? "lost" : "poor", last: now, differing: 0, quiet };
  const looks: Quality = isPoor(last, now, came) ? "poor" : "good";
  if (looks === before.quality) return { quality: looks, last: now, differing: 0, quiet };
  const differing = before.differing + 1;
  const turned = differing >= (looks === "poor" ? LOOKS_TO_POOR : LOOKS_TO_GOOD);
  return { quality: turned ? looks : before.quality, last: now, differing: turned ? 0 : differing, quiet };
}

function isPoor(last: Counted, now: Counted, came: number): boolean {
  const lost = Math.max(0, now.lost - last.lost);
  const loss = lost / Math.max(1, came + lost);
  return loss > MOST_LOSS || now.lostOfOurs > MOST_LOSS || now.jitter > MOST_JITTER_S || now.roundTrip > MOST_ROUND_TRIP_S;
}

/** Of the own line: as good as the best connection on it. If even that one is poor, it is not the others. */
export function ofOwnLine(others: Iterable<Quality>): Quality {
  const words = new Set(others);
  return (["good", "poor", "lost"] as const).find((word) => words.has(word)) ?? "connecting";
}

/** What `getStats()` of one connection says (W3C WebRTC Statistics), as far as it is looked at here. */
export function countedIn(report: Iterable<RTCStats & Record<string, unknown>>, connected: boolean): Counted & { readonly energy: number } {
  const counted = { connected, received: 0, lost: 0, jitter: 0, roundTrip: 0, lostOfOurs: 0, energy: 0 };
  for (const stats of report) {
    if (stats.type === "inbound-rtp" && stats["kind"] === "audio") {
      counted.received += number(stats["packetsReceived"]);
      counted.lost += number(stats["packetsLost"]);
      counted.jitter = Math.max(counted.jitter, number(stats["jitter"]));
      counted.energy += number(stats["totalAudioEnergy"]);
    } else if (stats.type === "remote-inbound-rtp" && stats["kind"] === "audio") {
      counted.lostOfOurs = Math.max(counted.lostOfOurs, number(stats["fractionLost"]));
    } else if (stats.type === "candidate-pair" && (stats["nominated"] || stats["selected"]) && stats["state"] === "succeeded") {
      counted.roundTrip = Math.max(counted.roundTrip, number(stats["currentRoundTripTime"]));
    }
  }
  return counted;
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);
