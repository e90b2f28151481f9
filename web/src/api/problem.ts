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

/** Plain words for any failure. Never the API's own text: that is in one language, and for programmers. */
export function inWords(failure: unknown): string {
  if (!(failure instanceof Problem)) return t("problem.unknown");
  const count = Math.max(1, Math.ceil(failure.retryAfter / 60));
  return tCode("problem", failure.code, { count }) || t("problem.unknown");
}

export async function problemFrom(answer: Response): Promise<Problem> {
  const retryAfter = Number(answer.headers.get("retry-after")) || 0;
  const body = await answer.json().catch(() => ({})) as Record<string, unknown>;
  const field = typeof body["field"] === "string" ? body["field"].replace(/^body\./, "") : null;
  return new Problem(codeOf(answer.status, body["code"]), answer.status, field, body, retryAfter);
}

function codeOf(status: number, code: unknown): string {
  if (typeof code === "string") return code;
  if (status === 401) return "sign_in_required";
  if (status === 404) return "not_found";
  if (status === 429) return "too_many";
  return status >= 500 ? "unavailable" : "unknown";
}
