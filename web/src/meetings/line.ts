/**
 * The life of the call of a meeting: made when the browser is told where to go, told of everybody who comes and goes, ended
 * when nothing carries it any more. Watches over the own line: where it stays poor, pictures become little, said and undone
 * in words by whoever draws this. Fires "change" with whatever changes in it.
 */

import { type Later, Timers } from "../api/timers.ts";
import type { Attendance } from "./attendance.ts";
import { carried } from "./stages.ts";
import type { Call } from "./call.ts";
import type { LocalMedia } from "./local-media.ts";
import type { ChimeTicket, PeerTicket } from "./types.ts";

/** Makes the call that a ticket leads to. */
export type MakeCall = (ticket: PeerTicket | ChimeTicket, attendance: Attendance, media: LocalMedia) => Promise<Call>;

/** A line that is poor for so long does not get better by waiting. */
export const POOR_FOR_MS = 15_000;
const MAKE_AGAIN_MS = 5_000;

export class Line extends EventTarget {
  call: Call | null = null;
  /** Little pictures, as the person or the line wanted it. */
  saving = false;
  /** The line made the pictures little; to be said, with a way back. */
  steppedDown = false;
  #ticket: PeerTicket | ChimeTicket | null = null;
  #turn = 0;
  #making = false;
  #ended = false;
  /** The person wanted the pictures back: that is not taken from them again. */
  #stays = false;
  readonly #timers: Timers<"poor" | "again">;
  readonly #know = (): void => this.#sync();
  readonly #heard = (): void => this.#callChanged();

  constructor(private readonly attendance: Attendance, readonly media: LocalMedia, private readonly make: MakeCall, later: Later) {
    super();
    this.#timers = new Timers(later);
    attendance.addEventListener("change", this.#know);
    this.#sync();
  }

  async saveData(on: boolean): Promise<void> {
    this.saving = on;
    if (!on && this.steppedDown) this.#stays = true;
    this.steppedDown = false;
    this.#changed();
    await this.call?.saveData(on);
  }

  /** Lets go of the call, the microphone and the camera. */
  end(): void {
    this.#ended = true;
    this.attendance.removeEventListener("change", this.#know);
    this.#drop();
    this.media.stop();
  }

  #sync(): void {
    const { attendance } = this;
    const { ticket, you } = attendance;
    if (this.#ended || attendance.stage !== "in" || !carried(attendance.mode) || !ticket || !you) return this.#drop();
    if (this.#ticket && leadsElsewhere(this.#ticket, ticket)) this.#drop();
    this.#ticket = ticket;
    if (!this.call) return void this.#begin(ticket);
    this.call.know(attendance.others, you, ticket);
  }

  async #begin(ticket: PeerTicket | ChimeTicket): Promise<void> {
    if (this.#making || this.#timers.has("again")) return;
    this.#making = true;
    const turn = ++this.#turn;
    try {
      const call = await this.make(ticket, this.attendance, this.media);
      if (turn === this.#turn) await this.#startWith(call, turn);
      else call.end();
    } catch (failure) {
      console.error(failure);
      if (turn === this.#turn) return this.#failed();
    } finally {
      this.#making = false;
    }
    // Let go of meanwhile, it may be wanted again.
    this.#sync();
    this.#changed();
  }

  async #startWith(call: Call, turn: number): Promise<void> {
    this.call = call;
    call.addEventListener("change", this.#heard);
    await call.start();
    if (turn === this.#turn && this.saving) void call.saveData(true);
  }

  #failed(): void {
    this.#drop();
    this.#timers.in("again", MAKE_AGAIN_MS, () => this.attendance.renew(true));
  }

  #callChanged(): void {
    const { call } = this;
    if (!call) return;
    if (call.state === "ended") {
      this.#drop();
      return this.attendance.renew(true);
    }
    if (call.state === "reconnecting") this.attendance.renew();
    this.#watch(call);
    this.#changed();
  }

  #watch(call: Call): void {
    const poor = call.state === "connected" && (call.quality === "poor" || call.quality === "lost");
    if (!poor || this.saving || this.#stays) return this.#timers.cancel("poor");
    if (!this.#timers.has("poor")) this.#timers.in("poor", POOR_FOR_MS, () => this.#stepDown());
  }

  #stepDown(): void {
    this.saving = true;
    this.steppedDown = true;
    void this.call?.saveData(true);
    this.#changed();
  }

  #drop(): void {
    const { call } = this;
    this.#turn += 1;
    this.#ticket = null;
    this.call = null;
    this.#timers.clear();
    if (!call) return;
    call.removeEventListener("change", this.#heard);
    call.end();
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** Newer passwords lead to the same call; another meeting of Chime's is another call. */
function leadsElsewhere(one: PeerTicket | ChimeTicket, other: PeerTicket | ChimeTicket): boolean {
  return one.provider !== other.provider ||
    (one.provider === "chime" && other.provider === "chime" && one.meeting["MeetingId"] !== other.meeting["MeetingId"]);
}
