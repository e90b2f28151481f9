/**
 * The socket by which news of rooms comes. It only hints: whoever listens pulls the truth when `watching` or `hint` says
 * that there is more. It pings so that API Gateway keeps it (10 idle minutes), and moves to a new socket before it would be cut
 * (2 hours), the new one open before the old one closes.
 */

import type { Signal } from "../meetings/types.ts";
import { type Later, Timers } from "./timers.ts";

export type LiveState = "connecting" | "live" | "polling" | "offline";

export interface Heard {
  readonly type: string;
  readonly room?: string;
  readonly meeting?: string;
  readonly [more: string]: unknown;
}
type Listener = (frame: Heard) => void;

/** As much of a WebSocket as is used here. */
export interface Socket {
  onopen: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  send(frame: string): void;
  close(): void;
}

/** What this needs of the world. */
export interface Surroundings {
  ticket(): Promise<string>;
  open(protocols: string[]): Socket;
  later: Later;
  now(): number;
  random(): number;
  online(): boolean;
}

const PING_MS = 4 * 60_000;
const PONG_WITHIN_MS = 10_000;
const OPEN_WITHIN_MS = 15_000;
const RENEW_MS = 110 * 60_000;
const TYPING_EVERY_MS = 4_000;
const MOST_PAUSE_MS = 30_000;
const FAILURES_TO_POLLING = 3;

/** Exponential backoff with full jitter: somewhere between nothing and 1 s doubled with each failure, 30 s at most. */
export function pauseAfter(failures: number, random: () => number): number {
  return random() * Math.min(MOST_PAUSE_MS, 1_000 * 2 ** Math.max(0, failures - 1));
}

export class Live extends EventTarget {
  state: LiveState = "connecting";
  readonly #watched = new Map<string, Set<Listener>>();
  readonly #attended = new Map<string, Set<Listener>>();
  readonly #typedAt = new Map<string, number>();
  #socket: Socket | null = null;
  #opening: Socket | null = null;
  /** Counts the attempts, so that one that was overtaken knows it. */
  #turn = 0;
  #trying = false;
  #failures = 0;
  readonly #timers: Timers<"retry" | "ping" | "pong" | "renew" | "open">;

  constructor(private readonly world: Surroundings) {
    super();
    this.#timers = new Timers((ms, work) => world.later(ms, work));
  }

  /** Tells `listener` whatever comes about the room. The answer ends that. */
  watch(room: string, listener: Listener): () => void {
    const listeners = this.#watched.get(room) ?? new Set();
    this.#watched.set(room, listeners.add(listener));
    if (listeners.size === 1) this.#send({ type: "watch", room });
    this.#connect();
    return () => {
      listeners.delete(listener);
      if (listeners.size || this.#watched.get(room) !== listeners) return;
      this.#watched.delete(room);
      this.#send({ type: "unwatch", room });
      if (!this.#needed) this.stop();
    };
  }

  /** Tells `listener` that a meeting has changed, and what other browsers say about a connection. The answer ends that. */
  attend(meeting: string, listener: Listener): () => void {
    const listeners = this.#attended.get(meeting) ?? new Set();
    this.#attended.set(meeting, listeners.add(listener));
    this.#connect();
    return () => {
      listeners.delete(listener);
      if (!listeners.size && this.#attended.get(meeting) === listeners) this.#attended.delete(meeting);
      if (!this.#needed) this.stop();
    };
  }

  /** Says something to the browser in another seat; false when no socket is open. */
  signal(meeting: string, device: string, to: string, body: Signal): boolean {
    this.#send({ type: "signal", meeting, device, to, body });
    return this.#socket !== null;
  }

  /** Says that the person is writing; the rule of once in four seconds is kept here. */
  typing(room: string): void {
    const now = this.world.now();
    if (now - (this.#typedAt.get(room) ?? -Infinity) < TYPING_EVERY_MS) return;
    this.#typedAt.set(room, now);
    this.#send({ type: "typing", room });
  }

  /** The device may have slept, or come into or out of the network: finds out what still works. */
  wake(): void {
    if (!this.#needed) return;
    if (!this.world.online()) return this.#drop("offline");
    if (this.#socket) return this.#ping();
    this.#timers.cancel("retry");
    this.#connect();
  }

  /** Closes at once and forgets who listens where: signed out, or leaving. */
  end(): void {
    this.#watched.clear();
    this.#attended.clear();
    this.stop();
  }

  /** Closes until somebody watches again or `wake` is called. */
  stop(): void {
    this.#turn++;
    this.#trying = false;
    this.#failures = 0;
    this.#timers.clear();
    const sockets = [this.#socket, this.#opening];
    this.#socket = this.#opening = null;
    for (const socket of sockets) socket?.close();
    this.#become("connecting");
  }

  #connect(renewing = false): void {
    if (this.#trying || (this.#socket && !renewing) || this.#timers.has("retry")) return;
    if (!this.world.online()) return this.#become("offline");
    this.#trying = true;
    const turn = ++this.#turn;
    this.world.ticket().then(
      (ticket) => turn === this.#turn && this.#open(ticket),
      () => turn === this.#turn && this.#failed(),
    );
  }

  #open(ticket: string): void {
    const socket = (this.#opening = this.world.open(["hearthline", `ticket.${ticket}`]));
    this.#timers.in("open", OPEN_WITHIN_MS, () => this.#lost(socket));
    socket.onopen = () => this.#opened(socket);
    socket.onclose = () => this.#lost(socket);
    socket.onmessage = ({ data }: { data: unknown }) => this.#heard(socket, data);
  }

  #opened(socket: Socket): void {
    if (socket !== this.#opening) return socket.close();
    const old = this.#socket;
    this.#socket = socket;
    this.#opening = null;
    this.#trying = false;
    this.#failures = 0;
    this.#timers.cancel("open");
    this.#timers.cancel("pong");
    this.#timers.in("ping", PING_MS, () => this.#ping());
    this.#timers.in("renew", RENEW_MS, () => this.#connect(true));
    for (const room of this.#watched.keys()) this.#send({ type: "watch", room });
    old?.close();
    this.#become("live");
    // What was told while none was open was told to nobody here.
    for (const meeting of this.#attended.keys()) this.#tell({ type: "meeting", meeting, version: Number.MAX_SAFE_INTEGER });
  }

  #lost(socket: Socket): void {
    if (socket === this.#opening) {
      this.#opening = null;
      this.#timers.cancel("open");
      socket.close();
      this.#failed();
    } else if (socket === this.#socket) {
      this.#drop("connecting");
      this.#failed();
    }
  }

  /** Lets go of the open socket; what it might still say no longer counts. */
  #drop(state: LiveState): void {
    const old = this.#socket;
    this.#socket = null;
    for (const name of ["ping", "pong", "renew"] as const) this.#timers.cancel(name);
    old?.close();
    this.#become(state);
  }

  #failed(): void {
    this.#trying = false;
    this.#failures += 1;
    // A planned move that failed costs nothing while the old socket still works.
    if (!this.#socket) this.#become(!this.world.online() ? "offline" : this.#failures >= FAILURES_TO_POLLING ? "polling" : "connecting");
    this.#timers.in("retry", pauseAfter(this.#failures, () => this.world.random()), () => this.#connect(true));
  }

  #ping(): void {
    this.#send({ type: "ping" });
    this.#timers.in("ping", PING_MS, () => this.#ping());
    const socket = this.#socket;
    if (socket && !this.#timers.has("pong")) this.#timers.in("pong", PONG_WITHIN_MS, () => this.#lost(socket));
  }

  #heard(socket: Socket, data: unknown): void {
    const frame = parsed(data);
    if (!frame || socket !== this.#socket) return;
    if (frame.type === "pong") return this.#ponged(frame);
    // The lease is gone: the socket is open, but nothing comes by it any more.
    if (frame.type === "problem" && frame["code"] === "not_found") {
      if (this.#timers.has("pong")) return this.#lost(socket);
      // It may be about what a signal was for: a ping tells which.
      if (this.#attended.size) this.#ping();
    }
    this.#tell(frame);
  }

  /** How far each room has come tells what was lost on the way since the last ping. */
  #ponged({ tails }: Heard): void {
    this.#timers.cancel("pong");
    for (const [room, seq] of Object.entries((tails as Record<string, number> | undefined) ?? {})) this.#tell({ type: "hint", room, seq });
  }

  #tell(frame: Heard): void {
    const listeners = frame.meeting === undefined ? this.#watched.get(frame.room ?? "") : this.#attended.get(frame.meeting);
    for (const listener of [...(listeners ?? [])]) listener(frame);
  }

  get #needed(): boolean {
    return this.#watched.size + this.#attended.size > 0;
  }

  #send(frame: Heard): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #become(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

function parsed(data: unknown): Heard | null {
  try {
    const found = JSON.parse(String(data)) as Heard | null;
    return typeof found?.type === "string" ? found : null;
  } catch {
    return null;
  }
}
