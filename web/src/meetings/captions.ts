/** What is said of a call while it goes on: one sentence of how it is, and what is to be known of each other person. Pure. */

import type { Key } from "../words/language.ts";
import type { Values } from "../words/message.ts";
import { carried, type Stage } from "./stages.ts";
import type { Call, Other, Quality } from "./call.ts";
import type { Mode } from "./types.ts";

export interface Caption {
  readonly key: Key;
  readonly values?: Values;
  /** Something does not go well just now. */
  readonly trouble?: boolean;
}

export interface Person {
  readonly name: string;
  readonly mode: Mode;
  /** What the call knows of them; nothing yet, or nothing any more. */
  readonly other: Other | undefined;
  /** Their picture has stood still for a while. */
  readonly still?: boolean;
}

export interface Circumstances {
  readonly stage: Stage;
  readonly weak: boolean;
  readonly hindered: string;
  readonly mode: Mode;
  /** What was agreed on. */
  readonly agreed: Mode;
  readonly call: Pick<Call, "state" | "quality"> | null;
  /** Those in the call. */
  readonly people: readonly Person[];
  /** Who else is expected, by name. */
  readonly expected: string;
}

const HINDERED: Readonly<Record<string, Key>> = { meeting_full: "problem.meeting_full", held_in_writing: "problem.held_in_writing" };

/** The first that is true, from what matters most. */
export function captionOf({ stage, weak, hindered, mode, agreed, call, people, expected }: Circumstances): Caption {
  if (weak) return { key: "call.line.trying", trouble: true };
  if (hindered) return { key: HINDERED[hindered] ?? "problem.call_busy", trouble: true };
  if (stage === "admitted") return { key: "call.connecting" };
  if (!people.length) return expected ? { key: "call.alone", values: { name: expected } } : { key: "call.alone.nobody" };
  if (mode === agreed && mode === "text") return { key: "call.connected" };
  if (!carried(mode)) return { key: mode === "text" ? "call.you.text" : "call.you.phone" };
  if (!people.some((person) => carried(person.mode))) return { key: "call.nobody-heard" };
  if (!call || call.state === "connecting") return { key: "call.connecting" };
  if (call.state === "reconnecting") return { key: "call.reconnecting", trouble: true };
  if (isWeak(call.quality)) return { key: "call.line.yours", trouble: true };
  const far = people.find(({ other }) => other && isWeak(other.quality));
  if (far) return { key: "call.line.theirs", values: { name: far.name }, trouble: true };
  return { key: "call.connected" };
}

/** How somebody else takes part, to be said beside their name, where it is not with all there is; null where there is nothing to say. */
export function noteOn({ mode, other, still }: Person): Caption | null {
  if (mode === "text") return { key: "call.they.text" };
  if (mode === "phone") return { key: "call.they.phone" };
  if (!other || other.quality === "connecting") return null;
  if (other.quality === "lost") return { key: "call.they.lost", trouble: true };
  if (mode === "video" && other.camera && still) return { key: "call.they.still", trouble: true };
  if (!other.microphone && !other.camera) return { key: "call.they.both-off" };
  if (!other.microphone) return { key: "call.they.microphone-off" };
  return other.camera ? null : { key: "call.they.camera-off" };
}

/** Whether there is a picture of them that moves. */
export function isSeen({ mode, other, still }: Person): boolean {
  return mode === "video" && !still && other?.camera === true && other.quality !== "lost" && other.quality !== "connecting";
}

export const isWeak = (quality: Quality): boolean => quality === "poor" || quality === "lost";
