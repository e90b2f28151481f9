/** The rooms that whoever is signed in looks after: groups as a facilitator, threads with clients as a counselor. */

import { call } from "../../api/call.ts";
import { byWaiting } from "./order.ts";
import type { StaffRoom } from "./types.ts";

export async function groups(): Promise<readonly StaffRoom[]> {
  return (await all()).filter(({ kind }) => kind === "group");
}

export async function threads(): Promise<readonly StaffRoom[]> {
  return byWaiting((await all()).filter(({ kind }) => kind === "direct"));
}

async function all(): Promise<readonly StaffRoom[]> {
  return (await call<{ rooms: readonly StaffRoom[] }>("GET", "/api/staff/rooms")).rooms;
}
