/** What Amazon's SDK says of a connection, in the words of a call. */

import MeetingSessionStatusCode from "amazon-chime-sdk-js/build/meetingsession/MeetingSessionStatusCode";
import type { Call, Quality } from "./call.ts";

/** Why a connection is over for good: `elsewhere`, another device has the seat; `refused`, the ticket no longer holds, a new one may. */
export type Stop = "left" | "over" | "elsewhere" | "removed" | "full" | "refused" | "failed";

const STOPS: Record<MeetingSessionStatusCode, Stop> = {
  [MeetingSessionStatusCode.OK]: "failed",
  [MeetingSessionStatusCode.Left]: "left",
  [MeetingSessionStatusCode.AudioJoinedFromAnotherDevice]: "elsewhere",
  [MeetingSessionStatusCode.AudioAuthenticationRejected]: "refused",
  [MeetingSessionStatusCode.AudioCallAtCapacity]: "full",
  [MeetingSessionStatusCode.MeetingEnded]: "over",
  [MeetingSessionStatusCode.AudioInternalServerError]: "failed",
  [MeetingSessionStatusCode.AudioServiceUnavailable]: "failed",
  [MeetingSessionStatusCode.AudioDisconnected]: "failed",
  [MeetingSessionStatusCode.VideoCallSwitchToViewOnly]: "failed",
  [MeetingSessionStatusCode.VideoCallAtSourceCapacity]: "full",
  [MeetingSessionStatusCode.SignalingBadRequest]: "refused",
  [MeetingSessionStatusCode.SignalingInternalServerError]: "failed",
  [MeetingSessionStatusCode.SignalingRequestFailed]: "failed",
  [MeetingSessionStatusCode.SignalingChannelClosedUnexpectedly]: "failed",
  [MeetingSessionStatusCode.ICEGatheringTimeoutWorkaround]: "failed",
  [MeetingSessionStatusCode.ConnectionHealthReconnect]: "failed",
  [MeetingSessionStatusCode.RealtimeApiFailed]: "failed",
  [MeetingSessionStatusCode.TaskFailed]: "failed",
  [MeetingSessionStatusCode.IncompatibleSDP]: "failed",
  [MeetingSessionStatusCode.TURNCredentialsForbidden]: "over",
  [MeetingSessionStatusCode.NoAttendeePresent]: "failed",
  [MeetingSessionStatusCode.AudioAttendeeRemoved]: "removed",
  [MeetingSessionStatusCode.AudioVideoWasRemovedFromPrimaryMeeting]: "removed",
  [MeetingSessionStatusCode.AudioVideoDisconnectedWhilePromoted]: "failed",
  [MeetingSessionStatusCode.AudioDisconnectAudio]: "failed",
  [MeetingSessionStatusCode.EncodedTransformManagerFailed]: "failed",
};

/** A code that a later SDK may bring counts as a failure. */
export function stopOf(code: MeetingSessionStatusCode): Stop {
  return STOPS[code] ?? "failed";
}

/** `signal` is Amazon's strength of signal: 0 none, 0.5 weak, 1 good. */
export function qualityOf(signal: number): Quality {
  if (signal <= 0) return "lost";
  return signal <= 0.5 ? "poor" : "good";
}

/** `poor` is what the SDK concludes from the sound that was lost on the way here, which the signal does not tell. */
export function ownQuality(state: Call["state"], signal: number, poor: boolean): Quality {
  if (state === "connecting") return "connecting";
  if (state !== "connected") return "lost";
  const quality = qualityOf(signal);
  return quality === "good" && poor ? "poor" : quality;
}
