/**
 * The page's side of a meeting, without drawing: comes to it, keeps the seat, hears what changes, joins the call once it is
 * let in, and leaves. Fires "change" whenever anything here is another, and now and then while time itself matters.
 */

import { Problem } from "../api/problem.ts";
import { Timers } from "../api/timers.ts";
import type { Heard } from "../api/live.ts";
import type { MeetingWorld } from "./meeting-world.ts";
import { carried, isOlder, isOut, mayCome, type Stage, type Stop } from "./stages.ts";
import type { ChimeTicket, Kept, Meeting, Mode, PeerTicket, Seat, Signal } from "./types.ts";

/** What keeps somebody out of the call, but not out of the meeting. */
const HINDERS: ReadonlySet<string> = new Set(["meeting_full", "call_busy", "held_in_writing"]);
/** The lease of a seat is 45 seconds: two may be lost on the way. */
const KEEP_MS = 15_000;
/** While one may come, but has not: a host wants to see who waits. Else the day may have moved, and nothing is urgent. */
const LOOK_MS = 20_000;
const LOOK_EARLY_MS = 5 * 60_000;
const RETRY_MS = 3_000;
const TICK_MS = 20_000;
/** Passwords of relays last some minutes; a call that has to find a new way needs young ones. */
const YOUNG_TICKET_MS = 4 * 60_000;
/** Timers longer than this fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class Attendance extends EventTarget {
  /** Which page of the person's this is. */
  readonly device: string;
  meeting: Meeting | null = null;
  /** How the person takes part just now. */
  mode: Mode = "video";
  ticket: PeerTicket | ChimeTicket | null = null;
  /** The last word did not get through; it is tried again. */
  weak = false;
  /** The code of what keeps the person out of the call for now: "meeting_full", "call_busy", "held_in_writing". */
  hindered = "";
  #arrived = false;
  #stopped: Stop | null = null;
  #skew = 0;
  #ticketAt = -Infinity;
  #stale = false;
  #keeping = false;
  #keepAgain = false;
  #looking = false;
  #lookAgain = false;
  #failures = 0;
  #unattend: (() => void) | null = null;
  #attended = "";
  readonly #listeners = new Set<(sender: string, body: Signal) => void>();
  readonly #timers: Timers<"keep" | "look" | "opens" | "tick">;

  constructor(private readonly world: MeetingWorld, device = newDevice()) {
    super();
    this.device = device;
    this.#timers = new Timers((ms, work) => world.later(ms, work));
  }

  get stage(): Stage {
    if (this.#stopped) return this.#stopped;
    const { meeting } = this;
    if (!meeting) return "loading";
    const { you } = meeting;
    if (meeting.ended_at) return "ended";
    if (you?.status === "removed") return "removed";
    if (you?.status === "declined") return "declined";
    if (!this.#arrived) return mayCome(meeting, this.now, this.world.hosts);
    if (you?.status === "waiting") return "waiting";
    return you?.in_call ? "in" : "admitted";
  }

  /** Whether the person stepped out of a circle, and has not come back. */
  get out(): boolean {
    return isOut(this.meeting);
  }

  get you(): Seat | null {
    return this.meeting?.you ?? null;
  }

  /** The service's clock. */
  get now(): number {
    return this.world.now() + this.#skew;
  }

  /** Those who are let in, but for the person themselves. */
  get others(): readonly Seat[] {
    return this.meeting?.others.filter(({ status }) => status === "admitted") ?? [];
  }

  /** Those with whom one is in the call. */
  get together(): readonly Seat[] {
    return this.others.filter(({ in_call }) => in_call);
  }

  get waiting(): readonly Seat[] {
    return this.meeting?.others.filter(({ status }) => status === "waiting") ?? [];
  }

  /** Finds the meeting. Raises what the API refuses. */
  async begin(): Promise<void> {
    this.#accept(await this.world.find());
    this.#plan();
  }

  /** Comes, or comes again with this page. Raises what the API refuses, unless this is an end of its own (`stage`). */
  async arrive(mode: Mode): Promise<void> {
    this.mode = mode;
    try {
      const meeting = await this.world.arrive({ device: this.device, mode });
      this.#stopped = null;
      this.#arrived = true;
      this.ticket = null;
      this.#heardWell(meeting);
    } catch (failure) {
      if (!this.#ends(failure)) throw failure;
      return;
    }
    this.#timers.cancel("look");
    if (this.#keeping) return;
    if (this.#wantsIn) void this.#keep();
    else this.#timers.in("keep", KEEP_MS, () => void this.#keep());
  }

  /** Everybody changes only how they take part themselves; the others read of it. */
  takePart(mode: Mode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    // What the browser needed for one way it may not need for the other, or need anew.
    if (!carried(mode)) this.ticket = null;
    this.#changed();
    void this.#keep();
  }

  /** The call lost its way, or ended by itself: it needs to be told anew where to go. */
  renew(ended = false): void {
    if (ended) this.ticket = null;
    else if (this.world.now() - this.#ticketAt < YOUNG_TICKET_MS) return;
    this.#stale = true;
    if (!this.#timers.has("keep") || ended) this.#timers.in("keep", RETRY_MS, () => void this.#keep());
  }

  /** The device slept, or the network is back. */
  wake(): void {
    if (this.#stopped || !this.meeting) return;
    if (this.#arrived) void this.#keep();
    else void this.look();
  }

  /** What a host did: the answer is the meeting as it is now. */
  is(meeting: Meeting): void {
    this.#accept(meeting);
  }

  async leave(): Promise<void> {
    const { meeting } = this;
    this.#stop("left");
    if (meeting) await this.world.leave(meeting.id).catch(() => {});
  }

  /** The page is put away. It may come back as it was, so nothing here stops. */
  goAway(): void {
    if (this.#arrived && !this.#stopped && this.meeting) void this.world.leave(this.meeting.id).catch(() => {});
  }

  /** Lets go of everything, without a word to anybody. */
  end(): void {
    this.#timers.clear();
    this.#unattend?.();
    this.#unattend = null;
    this.#attended = "";
    this.#listeners.clear();
    this.#stopped ??= "left";
  }

  send(to: string, body: Signal): void {
    if (this.meeting && !this.#stopped) this.world.signal(this.meeting.id, this.device, to, body);
  }

  listen(listener: (sender: string, body: Signal) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks how the meeting is. What fails is asked again. */
  async look(): Promise<void> {
    if (this.#looking) return void (this.#lookAgain = true);
    this.#looking = true;
    this.#lookAgain = false;
    try {
      const { meeting } = this;
      const found = await (meeting && this.#arrived ? this.world.see(meeting.id) : this.world.find());
      if (!this.#stopped) this.#heardWell(found);
    } catch (failure) {
      if (!this.#stopped && !this.#ends(failure)) this.#failed();
    } finally {
      this.#looking = false;
    }
    if (this.#lookAgain && !this.#stopped) return this.look();
    this.#plan();
  }

  async #keep(): Promise<void> {
    const { meeting } = this;
    if (!meeting || !this.#arrived || this.#stopped) return;
    if (this.#keeping) return void (this.#keepAgain = true);
    this.#keeping = true;
    this.#keepAgain = false;
    this.#timers.cancel("keep");
    const [mode, join] = [this.mode, this.#wantsIn];
    try {
      const kept = await this.world.keep(meeting.id, { device: this.device, mode, join });
      if (!this.#stopped && mode === this.mode) this.#kept(kept, join);
    } catch (failure) {
      if (!this.#stopped && !this.#ends(failure)) this.#failed(failure);
    } finally {
      this.#keeping = false;
    }
    if (this.#stopped) return;
    if (this.#keepAgain || (this.#wantsIn && !join && !this.weak)) return this.#keep();
    const soon = this.weak || this.hindered || this.#wantsIn;
    this.#timers.in("keep", soon ? Math.min(KEEP_MS, RETRY_MS * 2 ** Math.max(0, this.#failures - 1)) : KEEP_MS, () => void this.#keep());
  }

  #kept({ meeting, call }: Kept, joined: boolean): void {
    if (joined) {
      this.hindered = "";
      this.#stale = false;
      if (call) {
        this.ticket = call;
        this.#ticketAt = this.world.now();
      }
    }
    this.#heardWell(meeting);
  }

  /**
   * Lost for a while, the person is no longer counted in the call. Whoever has no way to the others yet, or one by
   * which nobody goes any more since somebody came by phone, asks for it.
   */
  get #wantsIn(): boolean {
    const { you } = this;
    if (!this.#arrived || you?.status !== "admitted" || this.out) return false;
    return !you.in_call || this.#stale || (carried(this.mode) && !this.#hasWay && this.together.length > 0);
  }

  get #hasWay(): boolean {
    const { ticket, meeting } = this;
    return ticket !== null && (!meeting?.provider || ticket.provider === meeting.provider);
  }

  #heardWell(meeting: Meeting): void {
    this.weak = false;
    this.#failures = 0;
    this.#accept(meeting);
  }

  #accept(meeting: Meeting): void {
    const known = this.meeting;
    if (known && known.id === meeting.id && isOlder(meeting, known)) return this.#changed();
    this.meeting = meeting;
    this.#skew = Date.parse(meeting.now) - this.world.now();
    this.#attend(meeting.id);
    if (this.#arrived && meeting.you && meeting.you.device !== this.device) return this.#stop("moved");
    if (meeting.ended_at) return this.#stop("ended");
    if (meeting.you?.status === "removed") return this.#stop("removed");
    if (this.#justWanted(known)) void this.#keep();
    this.#changed();
  }

  /** They were let in, or somebody came to talk to: no need to wait for the next time the seat is kept. */
  #justWanted(before: Meeting | null): boolean {
    if (!this.#wantsIn || this.weak || this.hindered) return false;
    const was = before?.you;
    return isOut(before) || was?.status !== "admitted" || (was.in_call && !this.you?.in_call) || !before?.others.some(({ in_call }) => in_call);
  }

  #attend(meeting: string): void {
    if (this.#attended === meeting || this.#stopped) return;
    this.#unattend?.();
    this.#attended = meeting;
    this.#unattend = this.world.attend(meeting, (frame) => this.#heard(frame));
  }

  #heard(frame: Heard): void {
    if (this.#stopped) return;
    if (frame.type === "meeting" && Number(frame["version"]) > (this.meeting?.version ?? 0)) void this.look();
    if (frame.type === "signal") for (const listener of [...this.#listeners]) listener(String(frame["sender"]), frame["body"] as Signal);
  }

  /** Whether a refusal is an end of its own, and not something to try again. */
  #ends(failure: unknown): boolean {
    if (!(failure instanceof Problem)) return false;
    switch (failure.code) {
      case "seat_moved": this.#stopAndSee("moved"); return true;
      case "meeting_ended": this.#stopAndSee("ended"); return true;
      case "not_held": this.#stop("off"); return true;
      case "removed_from_meeting": this.#stop("removed"); return true;
      case "not_open":
      case "declined":
      case "not_admitted": void this.look(); return true;
      case "not_a_member": case "removed": case "suspended": case "muted":
        if (this.#arrived) this.#stop("removed");
        return this.#stopped !== null;
      case "not_found": if (this.#arrived) this.#stop("off"); return this.#arrived;
      default: return false;
    }
  }

  /** The page learnt of it late: how the meeting is now says why. */
  #stopAndSee(stage: Stop): void {
    const { meeting } = this;
    this.#stop(stage);
    if (meeting) void this.world.see(meeting.id).then((found) => this.#stopped === stage && this.#last(found), () => {});
  }

  #last(meeting: Meeting): void {
    this.meeting = meeting;
    this.#changed();
  }

  #failed(failure?: unknown): void {
    const code = failure instanceof Problem ? failure.code : "";
    this.#failures += 1;
    if (HINDERS.has(code)) this.hindered = code;
    else this.weak = true;
    this.#changed();
  }

  #plan(): void {
    const { meeting } = this;
    if (this.#stopped || !meeting) return;
    const opens = meeting.opens_at ? Date.parse(meeting.opens_at) - this.now : 0;
    if (opens > 0) this.#timers.in("opens", Math.min(opens + 200, LONGEST_TIMER), () => void this.look());
    if (!this.#arrived) this.#timers.in("look", this.stage === "open" ? LOOK_MS : LOOK_EARLY_MS, () => void this.look());
    if (!this.#timers.has("tick")) this.#tick();
  }

  #tick(): void {
    this.#timers.in("tick", TICK_MS, () => {
      this.#changed();
      this.#tick();
    });
  }

  #stop(stage: Stop): void {
    this.end();
    this.#stopped = stage;
    this.#arrived = false;
    this.weak = false;
    this.ticket = null;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

function newDevice(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
