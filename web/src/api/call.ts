/** One way to ask the API: the token, the idempotency key, the time limit, and failures as `Problem`s. */

import type { Intent } from "./intent.ts";
import { problemFrom, Problem } from "./problem.ts";
import { clockOf, member, type SignIn, type SignInAnswer, staff } from "./sign-in.ts";

export interface Ask {
  readonly body?: unknown;
  /** What the person means to do: needed for whatever changes something and may not happen twice. */
  readonly intent?: Intent;
  readonly signal?: AbortSignal;
  /** The page is being put away, and this is to go out all the same. */
  readonly keepalive?: boolean;
}
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const PATIENCE_MS = 15_000;
/** These answers say nothing more. */
const EMPTY: ReadonlySet<number> = new Set([202, 204]);
const PAUSE_MS = 1_200;

export async function call<T>(method: Method, path: string, ask: Ask = {}): Promise<T> {
  const answer = await send(method, path, ask);
  return (EMPTY.has(answer.status) ? undefined : await answer.json()) as T;
}

/** For files, which a link cannot fetch: the token is in memory, never in an address. */
export async function callForFile(path: string): Promise<Blob> {
  return (await send("GET", path, {})).blob();
}

/** For the calls that answer with a sign-in. */
export async function callToSignIn<T>(path: string, body: unknown): Promise<T> {
  const answer = await send("POST", path, { body });
  const found = (await answer.json()) as Partial<SignInAnswer<never>>;
  if (found.access_token) whose(path).begin(found as SignInAnswer<never>, clockOf(answer));
  return found as T;
}

async function send(method: Method, path: string, ask: Ask): Promise<Response> {
  const signIn = whose(path);
  const body = ask.body === undefined ? undefined : JSON.stringify(ask.body);
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ask.intent) headers["idempotency-key"] = ask.intent.keyFor(`${method} ${path} ${body ?? ""}`);
  const tries = method === "GET" || ask.intent ? 2 : 1;

  let answer = await within(tries, path, { method, headers, body, keepalive: ask.keepalive ?? false }, signIn, ask.signal);
  if (answer.status === 401 && headers["authorization"] && (await problemFrom(answer.clone())).code === "sign_in_required") {
    await signIn.refresh();
    answer = await within(tries, path, { method, headers, body, keepalive: ask.keepalive ?? false }, signIn, ask.signal);
  }
  // An answer settles the wish, a yes as well as a no; only where there was none is the next try the same wish.
  if (answer.status < 500) ask.intent?.done();
  if (!answer.ok) throw await problemFrom(answer);
  return answer;
}

/** Tries again, once, what a weak connection or a moment's overload swallowed; only where a repeat is harmless. */
async function within(
  tries: number,
  path: string,
  request: { method: string; headers: Record<string, string>; body: string | undefined; keepalive: boolean },
  signIn: SignIn<unknown>,
  signal?: AbortSignal,
): Promise<Response> {
  const token = await signIn.token();
  if (token) request.headers["authorization"] = `Bearer ${token}`;
  for (let left = tries; ; ) {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    left -= 1;
    try {
      const answer = await fetch(path, {
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: signal ? either(signal, limit) : limit,
        cache: "no-store",
        keepalive: request.keepalive,
      });
      if (answer.status < 502 || left <= 0) return answer;
    } catch (failure) {
      if (signal?.aborted) throw failure;
      if (left <= 0 || limit.aborted) throw new Problem(whyNot(limit));
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function whyNot(limit: AbortSignal): string {
  if (!navigator.onLine) return "offline";
  return limit.aborted ? "timeout" : "unreachable";
}

function whose(path: string): SignIn<unknown> {
  return (path.startsWith("/api/staff/") ? staff : member) as SignIn<unknown>;
}

/** AbortSignal.any, which phones of a few years ago lack. */
function either(one: AbortSignal, other: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [one, other]) signal.addEventListener("abort", () => both.abort(), { once: true });
  return both.signal;
}
