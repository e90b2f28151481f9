/** Where somebody's pictures are shown. */

export interface Shown {
  face: HTMLVideoElement | null;
  screen: HTMLVideoElement | null;
}

/** Shows the track, without a flicker where it is shown already. Sound is played elsewhere. */
export function play(element: HTMLVideoElement | null, track: MediaStreamTrack | null): void {
  if (!element || shownIn(element) === track) return;
  element.muted = true;
  element.playsInline = true;
  element.srcObject = track && new MediaStream([track]);
  // A picture that may not play yet does when somebody taps; one that was replaced meanwhile need not.
  if (track) void element.play().catch(() => {});
}

function shownIn(element: HTMLVideoElement): MediaStreamTrack | null {
  return (element.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
}
