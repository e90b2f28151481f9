/** Amazon's SDK, set up the way a call wants it: quiet, small, and telling nobody but the meeting itself. */

import type AudioVideoFacade from "amazon-chime-sdk-js/build/audiovideofacade/AudioVideoFacade";
import CSPMonitor from "amazon-chime-sdk-js/build/cspmonitor/CSPMonitor";
import DefaultDeviceController from "amazon-chime-sdk-js/build/devicecontroller/DefaultDeviceController";
import type EventController from "amazon-chime-sdk-js/build/eventcontroller/EventController";
import NoOpLogger from "amazon-chime-sdk-js/build/logger/NoOpLogger";
import DefaultMeetingSession from "amazon-chime-sdk-js/build/meetingsession/DefaultMeetingSession";
import MeetingSessionConfiguration from "amazon-chime-sdk-js/build/meetingsession/MeetingSessionConfiguration";
import TargetDisplaySize from "amazon-chime-sdk-js/build/videodownlinkbandwidthpolicy/TargetDisplaySize";
import VideoPreference from "amazon-chime-sdk-js/build/videodownlinkbandwidthpolicy/VideoPreference";
import VideoPreferences from "amazon-chime-sdk-js/build/videodownlinkbandwidthpolicy/VideoPreferences";
import VideoPriorityBasedPolicy from "amazon-chime-sdk-js/build/videodownlinkbandwidthpolicy/VideoPriorityBasedPolicy";
import { isScreen } from "./chime-roster.ts";
import type { ChimeTicket } from "./types.ts";

/** What a call uses of the SDK. */
export type Line = Pick<AudioVideoFacade,
  | "start" | "stop" | "addObserver" | "getRemoteVideoSources"
  | "bindAudioElement" | "unbindAudioElement" | "chooseAudioOutput"
  | "startAudioInput" | "stopAudioInput" | "realtimeMuteLocalAudio" | "realtimeUnmuteLocalAudio"
  | "chooseVideoInputQuality" | "setVideoMaxBandwidthKbps" | "startVideoInput" | "stopVideoInput" | "startLocalVideoTile" | "stopLocalVideoTile"
  | "bindVideoElement" | "unbindVideoElement"
  | "startContentShare" | "stopContentShare" | "addContentShareObserver"
  | "realtimeSubscribeToAttendeeIdPresence" | "realtimeSubscribeToVolumeIndicator" | "realtimeUnsubscribeFromVolumeIndicator"
  | "realtimeSubscribeToLocalSignalStrengthChange">;

export interface Session {
  readonly line: Line;
  /** Which attendees' pictures should come; a screen goes before faces where the line does not carry all. */
  receive(attendees: readonly string[]): void;
  destroy(): Promise<void>;
}

/** In place of the SDK's own, which would report to Amazon about browsers, devices and how a meeting went. */
const quiet: EventController = {
  addObserver() {},
  removeObserver() {},
  async publishEvent() {},
};

/** Raises what the SDK raises about a ticket it cannot read. */
export function openSession(ticket: ChimeTicket): Session {
  CSPMonitor.disable(); // it would write to the console
  const logger = new NoOpLogger();
  const configuration = new MeetingSessionConfiguration(ticket.meeting, ticket.attendee);
  configuration.enableSimulcastForUnifiedPlanChromiumBasedBrowsers = false;
  const policy = new VideoPriorityBasedPolicy(logger);
  configuration.videoDownlinkBandwidthPolicy = policy;
  const session = new DefaultMeetingSession(configuration, logger, new DefaultDeviceController(logger), quiet);
  return {
    line: session.audioVideo,
    receive: (attendees) => policy.chooseRemoteVideoSources(preferences(attendees)),
    destroy: () => session.destroy(),
  };
}

function preferences(attendees: readonly string[]): VideoPreferences {
  const size = attendees.length > 4 ? TargetDisplaySize.Low : TargetDisplaySize.Medium;
  const chosen = VideoPreferences.prepare();
  for (const attendee of attendees) {
    chosen.add(isScreen(attendee) ? new VideoPreference(attendee, 1, TargetDisplaySize.Maximum) : new VideoPreference(attendee, 2, size));
  }
  return chosen.build();
}
