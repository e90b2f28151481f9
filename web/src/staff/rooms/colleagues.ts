import { call } from "../../api/call.ts";
import type { Colleague } from "./types.ts";

/** Everybody who could run a room. */
export async function facilitators(): Promise<readonly Colleague[]> {
  return people("/api/staff/facilitators");
}

/** Everybody to whom the conversation with a client could be handed over. */
export async function successors(roomId: string): Promise<readonly Colleague[]> {
  return people(`/api/staff/rooms/${roomId}/colleagues`);
}

async function people(address: string): Promise<readonly Colleague[]> {
  return (await call<{ people: readonly Colleague[] }>("GET", address)).people;
}
