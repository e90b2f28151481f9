import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { Live, pauseAfter } = await bundled("api/live.ts");

/** A network and a clock that do what the test says, and nothing by themselves. */
function world() {
  const timers = [];
  const w = {
    at: 0, sockets: [], tickets: 0, connected: true, refuse: false,
    async ticket() {
      if (w.refuse) throw new Error("no ticket");
      return `t${++w.tickets}`;
    },
    open(protocols) {
      const socket = { protocols, sent: [], closed: false, send: (frame) => socket.sent.push(JSON.parse(frame)), close: () => (socket.closed = true) };
      w.sockets.push(socket);
      return socket;
    },
    later(ms, work) {
      const timer = { at: w.at + ms, work };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    now: () => w.at,
    random: () => 0.5,
    online: () => w.connected,
    async pass(ms) {
      const end = w.at + ms;
      for (;;) {
        await settle();
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.splice(timers.indexOf(next), 1);
        w.at = next.at;
        next.work();
      }
      w.at = end;
      await settle();
    },
    get last() {
      return w.sockets.at(-1);
    },
  };
  return w;
}

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};
const says = (socket, frame) => socket.onmessage({ data: JSON.stringify(frame) });

async function opened() {
  const w = world();
  const live = new Live(w);
  const heard = [];
  const stop = live.watch("r1", (frame) => heard.push(frame));
  await settle();
  w.last.onopen();
  return { w, live, heard, stop };
}

test("the ticket travels as a subprotocol, and each room is watched once the socket is open", async () => {
  const { w, live } = await opened();
  assert.deepEqual(w.last.protocols, ["hearthline", "ticket.t1"]);
  assert.deepEqual(w.last.sent, [{ type: "watch", room: "r1" }]);
  assert.equal(live.state, "live");
});

test("a frame reaches whoever watches its room and nobody else", async () => {
  const { w, live, heard } = await opened();
  const others = [];
  live.watch("r2", (frame) => others.push(frame));
  says(w.last, { type: "hint", room: "r1", seq: 4 });
  w.last.onmessage({ data: "not JSON" });
  assert.deepEqual(heard, [{ type: "hint", room: "r1", seq: 4 }]);
  assert.deepEqual(others, []);
});

test("it pings every four minutes while the pongs come", async () => {
  const { w } = await opened();
  for (let minutes = 4; minutes <= 40; minutes += 4) {
    await w.pass(240_000);
    says(w.last, { type: "pong" });
  }
  assert.equal(w.last.sent.filter(({ type }) => type === "ping").length, 10);
  assert.equal(w.sockets.length, 1);
});

test("a pong tells how far the rooms have come", async () => {
  const { w, heard } = await opened();
  says(w.last, { type: "pong", tails: { r1: 7, r2: 9 } });
  assert.deepEqual(heard, [{ type: "hint", room: "r1", seq: 7 }]);
});

test("a socket that no longer answers is replaced", async () => {
  const { w, live } = await opened();
  await w.pass(240_000 + 10_000 + 1_000);
  assert.equal(w.sockets[0].closed, true);
  assert.equal(w.sockets.length, 2);
  assert.equal(live.state, "connecting");
  w.last.onopen();
  assert.deepEqual(w.last.sent, [{ type: "watch", room: "r1" }]);
});

test("a lease that is gone is noticed, and a new socket opened", async () => {
  const { w } = await opened();
  await w.pass(240_000);
  says(w.last, { type: "problem", code: "not_found" });
  await w.pass(1_000);
  assert.equal(w.sockets.length, 2);
});

test("where signals are refused, a ping finds out whether the lease is gone", async () => {
  const { w, live } = await opened();
  live.attend("m1", () => {});
  const [first] = w.sockets;
  says(first, { type: "problem", code: "not_found" });
  assert.deepEqual(first.sent.at(-1), { type: "ping" });
  says(first, { type: "pong" });
  assert.equal(first.closed, false);
  says(first, { type: "problem", code: "not_found" });
  says(first, { type: "problem", code: "not_found" });
  assert.equal(first.closed, true);
  await w.pass(1_000);
  w.last.onopen();
  assert.equal(live.state, "live");
  assert.equal(w.sockets.length, 2);
});

test("before two hours are over it moves: the new socket is open before the old one closes", async () => {
  const { w, live } = await opened();
  for (let minutes = 0; minutes < 108; minutes += 4) {
    await w.pass(240_000);
    says(w.last, { type: "pong" });
  }
  await w.pass(120_000);
  const [old, fresh] = w.sockets;
  assert.ok(fresh && !old.closed);
  assert.equal(live.state, "live");
  fresh.onopen();
  assert.ok(old.closed);
  assert.deepEqual(fresh.sent, [{ type: "watch", room: "r1" }]);
  old.onclose();
  assert.equal(live.state, "live");
});

test("after three failures in a row it says that it is polling, goes on trying, and comes back", async () => {
  const w = world();
  const live = new Live(w);
  const states = [];
  live.addEventListener("change", () => states.push(live.state));
  live.watch("r1", () => {});
  for (let failure = 0; failure < 3; failure += 1) {
    await w.pass(2_000);
    w.last.onclose();
  }
  assert.equal(live.state, "polling");
  await w.pass(2_000);
  w.last.onopen();
  assert.deepEqual(states, ["polling", "live"]);
});

test("a ticket that cannot be had counts as a failure", async () => {
  const w = world();
  w.refuse = true;
  const live = new Live(w);
  live.watch("r1", () => {});
  await w.pass(60_000);
  assert.equal(live.state, "polling");
  assert.equal(w.sockets.length, 0);
});

test("without a network it says so and waits, and with one it connects at once", async () => {
  const { w, live } = await opened();
  w.connected = false;
  live.wake();
  assert.equal(live.state, "offline");
  await w.pass(300_000);
  assert.equal(w.sockets.length, 1);
  w.connected = true;
  live.wake();
  await settle();
  assert.equal(w.sockets.length, 2);
});

test("signing out closes it for good", async () => {
  const { w, live, heard } = await opened();
  live.end();
  assert.equal(w.last.closed, true);
  says(w.last, { type: "hint", room: "r1", seq: 1 });
  w.last.onclose();
  await w.pass(7_200_000);
  assert.equal(w.sockets.length, 1);
  assert.deepEqual(heard, []);
});

test("a ticket that comes after signing out opens nothing", async () => {
  const w = world();
  const live = new Live(w);
  live.watch("r1", () => {});
  live.end();
  await w.pass(60_000);
  assert.equal(w.sockets.length, 0);
});

test("when nobody watches any more it closes, and opens again for the next", async () => {
  const { w, live, stop } = await opened();
  stop();
  assert.deepEqual(w.last.sent.at(-1), { type: "unwatch", room: "r1" });
  assert.equal(w.last.closed, true);
  live.watch("r2", () => {});
  await settle();
  assert.equal(w.sockets.length, 2);
});

test("writing is told at most every four seconds", async () => {
  const { w, live } = await opened();
  for (let second = 0; second < 9; second += 1) {
    live.typing("r1");
    await w.pass(1_000);
  }
  assert.equal(w.last.sent.filter(({ type }) => type === "typing").length, 3);
});

test("the pause doubles from one second to thirty, with full jitter", () => {
  const most = [1, 2, 3, 4, 5, 6, 20].map((failures) => pauseAfter(failures, () => 1));
  assert.deepEqual(most, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  assert.equal(pauseAfter(6, () => 0), 0);
});
