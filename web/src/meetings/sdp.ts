/** Session descriptions (RFC 8866), kept small, and what they tell the other side to send at most. */

/** What the socket carries in one signal. */
export const MOST_SDP = 14_000;

/** Wide enough for a face at 180p. The picture of a screen has to stay readable. */
const LITTLE_KBPS = 100;
const LITTLE_SCREEN_KBPS = 200;

/** Every browser has VP8 (RFC 7742); H264 spares the battery of phones; the rest would only make the description long. */
const PICTURE_CODECS = new Set(["video/vp8", "video/h264", "video/rtx"]);
const SOUND_CODECS = new Set(["audio/opus", "audio/telephone-event"]);
/** H264's constrained baseline, in packets of its own kind: the one profile that all browsers share. */
const COMMON_H264 = /profile-level-id=42e01f/i;

/** The codecs to offer, in order; null where the browser does not say what it has. */
export function codecs(kind: "audio" | "video"): RTCRtpCodec[] | null {
  const has = globalThis.RTCRtpReceiver?.getCapabilities?.(kind)?.codecs;
  if (!has) return null;
  const wanted = has.filter(({ mimeType, sdpFmtpLine = "" }) => {
    const type = mimeType.toLowerCase();
    if (type === "video/h264") return COMMON_H264.test(sdpFmtpLine) && /packetization-mode=1/.test(sdpFmtpLine);
    return (kind === "audio" ? SOUND_CODECS : PICTURE_CODECS).has(type);
  });
  return wanted.length ? wanted : null;
}

/** As it is sent: candidates travel by themselves, and who saves data tells the other side how little to send (RFC 3890, b=TIAS). */
export function asSent(sdp: string, saving: boolean): string {
  const [session = "", ...media] = sdp.replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, "").split(/^(?=m=)/m);
  if (!saving) return session + media.join("");
  let pictures = 0;
  return session + media.map((section) => {
    if (!section.startsWith("m=video")) return section;
    pictures += 1;
    const kbps = pictures === 1 ? LITTLE_KBPS : LITTLE_SCREEN_KBPS;
    return section.replace(/^(c=.*\r\n)/m, `$1b=AS:${kbps}\r\nb=TIAS:${kbps * 1_000}\r\n`);
  }).join("");
}

/** Whether a candidate belongs to this description; one of a later restart has to wait for it. */
export function belongs(candidate: string, sdp: string): boolean {
  const fragment = / ufrag (\S+)/.exec(candidate)?.[1];
  return !fragment || sdp.includes(`a=ice-ufrag:${fragment}\r\n`);
}
