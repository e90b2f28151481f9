/** Why a camera or microphone could not be had, and what somebody can do about it in their browser. Pure. */

export type Refusal =
  /** The person, or a setting they made earlier, said no. */
  | "denied"
  /** The question was closed without an answer. */
  | "dismissed"
  /** The phone or computer lets no browser, or not this one, use it. */
  | "system"
  /** The page, or whoever looks after the device, forbids it. */
  | "policy"
  | "no_device"
  | "in_use"
  /** Browsers give cameras and microphones to https pages only. */
  | "insecure"
  /** The browser knows no calls at all. */
  | "unsupported"
  | "unknown";

export interface Circumstances {
  readonly secure: boolean;
  readonly supported: boolean;
  /** Whether the page's own Permissions-Policy lets it ask. */
  readonly allowed: boolean;
}

const HERE: Circumstances = { secure: true, supported: true, allowed: true };

/** Browsers share the names of the errors (W3C Media Capture and Streams, getUserMedia) and differ in their words. */
export function refusalIn(error: { readonly name: string; readonly message: string } | null, around: Circumstances = HERE): Refusal {
  if (!around.secure) return "insecure";
  if (!around.supported) return "unsupported";
  if (!around.allowed) return "policy";
  const said = error?.message ?? "";
  switch (error?.name) {
    case "NotAllowedError":
    case "PermissionDeniedError":
      if (/dismiss/i.test(said)) return "dismissed";
      // Chrome and Edge: "Permission denied by system". Safari: "The request is not allowed by the user agent or the platform".
      if (/by system|platform/i.test(said) && !/user agent or the platform/i.test(said)) return "system";
      if (/policy|feature/i.test(said)) return "policy";
      return "denied";
    case "SecurityError":
      return "policy";
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return "no_device";
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return "in_use";
    case "TypeError":
      return "unsupported";
    default:
      return "unknown";
  }
}

export type Family = "chrome-android" | "chrome" | "safari-ios" | "ios" | "safari" | "firefox-android" | "firefox" | "samsung" | "edge" | "other";

/** `touchPoints`: iPads call themselves Macs, and no Mac can be touched. */
export function familyOf(userAgent: string, touchPoints = 0): Family {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) {
    return /CriOS|FxiOS|EdgiOS|OPT\//.test(userAgent) ? "ios" : "safari-ios";
  }
  if (/SamsungBrowser/.test(userAgent)) return "samsung";
  if (/Firefox\//.test(userAgent)) return /Android/.test(userAgent) ? "firefox-android" : "firefox";
  if (/EdgA\//.test(userAgent)) return "chrome-android";
  if (/Edg\//.test(userAgent)) return "edge";
  if (/Chrome\//.test(userAgent)) return /Android/.test(userAgent) ? "chrome-android" : "chrome";
  if (/Safari\//.test(userAgent) && /Version\//.test(userAgent)) return "safari";
  return "other";
}

/** Whether how to allow it in this browser is what helps. */
export const canBeAllowed = (refusal: Refusal): boolean => refusal === "denied" || refusal === "dismissed";
