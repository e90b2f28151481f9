/** What went wrong, as a code the catalogs have words for: the API's own codes, and ours for the way there. */

import { t, tCode } from "../words/language.ts";

export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status = 0,
    /** Name of the field at fault, without the leading "body.". */
    readonly field: string | null = null,
    /** Whatever else the problem says, such as `next_slots`. */
    readonly extra: Readonly<Record<string, unknown>> = {},
    /** Seconds to wait before trying again; 0 when the API did not say. */
    readonly retryAfter = 0,
  ) {
    super(code);
  }
}

/** What API Gateway says itself has a status and no code, and a code may be newer than the words of this page. */
const BY_STATUS: Readonly<Record<number, string>> = {
  400: "malformed", 401: "sign_in_required", 403: "not_allowed", 404: "not_found", 409: "conflict", 422: "invalid", 429: "too_many",
};

/** Plain words for any failure. Never the API's own text: that is in one language, and for programmers. */
export function inWords(failure: unknown): string {
  if (!(failure instanceof Problem)) return t("problem.unknown");
  const count = Math.max(1, Math.ceil(failure.retryAfter / 60));
  return tCode("problem", failure.code, { count }) || tCode("problem", codeOf(failure.status), { count });
}

export async function problemFrom(answer: Response): Promise<Problem> {
  const retryAfter = Number(answer.headers.get("retry-after")) || 0;
  const body = await answer.json().catch(() => ({})) as Record<string, unknown>;
  const field = typeof body["field"] === "string" ? body["field"].replace(/^body\./, "") : null;
  const code = typeof body["code"] === "string" ? body["code"] : codeOf(answer.status);
  return new Problem(code, answer.status, field, body, retryAfter);
}

function codeOf(status: number): string {
  return BY_STATUS[status] ?? (status >= 500 ? "unavailable" : "unknown");
}
