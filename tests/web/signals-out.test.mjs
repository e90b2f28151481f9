import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { SignalsOut } = await bundled("meetings/signals-out.ts");

/** A socket that is open when the test says so, and a clock. */
function begun() {
  const live = Object.assign(new EventTarget(), {
    state: "connecting", sent: [],
    signal(meeting, device, to, { kind }) {
      if (live.state !== "live") return false;
      live.sent.push(`${kind} to ${to}`);
      return true;
    },
    becomes(state) {
      live.state = state;
      live.dispatchEvent(new Event("change"));
    },
  });
  const clock = { at: 0 };
  const signals = new SignalsOut(live, () => clock.at);
  return { live, clock, say: (kind) => signals.send("m1", "d1", "s-tom", { kind, call: "c" }) };
}

test("what is said on an open socket goes out at once", () => {
  const { live, say } = begun();
  live.becomes("live");
  say("offer");
  assert.deepEqual(live.sent, ["offer to s-tom"]);
});

test("what is said before the socket is open goes out in order when it is, and once", () => {
  const { live, say } = begun();
  say("offer");
  say("candidates");
  live.becomes("live");
  live.becomes("live");
  assert.deepEqual(live.sent, ["offer to s-tom", "candidates to s-tom"]);
});

test("what is of an attempt long past is not said any more", () => {
  const { live, clock, say } = begun();
  say("offer");
  clock.at = 8_000;
  say("again");
  live.becomes("live");
  assert.deepEqual(live.sent, ["again to s-tom"]);
});

test("a socket that opens again and again without a word costs no more than a few", () => {
  const { live, say } = begun();
  for (let at = 0; at < 100; at += 1) say("candidates");
  live.becomes("live");
  assert.equal(live.sent.length, 60);
});
