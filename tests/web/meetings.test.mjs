import assert from "node:assert/strict";
import test from "node:test";
import { bundled } from "./bundled.mjs";

const { judged, UNJUDGED, ofOwnLine, countedIn } = await bundled("meetings/quality.ts");
const { asSent, belongs } = await bundled("meetings/sdp.ts");
const { callId, numberIn, NO_CALL } = await bundled("meetings/call-id.ts");
const { inAppOf, wayOut } = await bundled("meetings/in-app.ts");
const { refusalIn, familyOf } = await bundled("meetings/permission.ts");
const { lineBy } = await bundled("meetings/network.ts");
const { loudness } = await bundled("meetings/level.ts");

/** The words after each look at a line; `signs` is what is different from a good one, per look. */
function words(...signs) {
  let word = UNJUDGED;
  let [received, lost] = [0, 0];
  return signs.map(({ came = 100, gone = 0, ...more }) => {
    received += came;
    lost += gone;
    word = judged(word, { connected: true, received, lost, jitter: 0.01, roundTrip: 0.08, lostOfOurs: 0, ...more });
    return word.quality;
  });
}
const GOOD = {};
const LOSSY = { came: 80, gone: 20 };

test("a line is poor after two looks at loss, delay or jitter, and good again only after four", () => {
  assert.deepEqual(words(GOOD, LOSSY, LOSSY, GOOD, GOOD, GOOD, GOOD), ["good", "good", "poor", "poor", "poor", "poor", "good"]);
  for (const bad of [{ roundTrip: 0.7 }, { jitter: 0.09 }, { lostOfOurs: 0.2 }]) assert.equal(words(GOOD, bad, bad).at(-1), "poor");
});

test("a single bad look changes no word", () => {
  assert.deepEqual(new Set(words(GOOD, LOSSY, GOOD, LOSSY, GOOD, LOSSY)), new Set(["good"]));
});

test("nothing at all for six seconds is lost, and what comes back is poor before it is good", () => {
  const nothing = { came: 0 };
  assert.deepEqual(words(GOOD, nothing, nothing, nothing, GOOD, GOOD, GOOD, GOOD, GOOD),
    ["good", "good", "good", "lost", "poor", "poor", "poor", "poor", "good"]);
});

test("what is not connected yet connects, and what no longer is, is lost", () => {
  assert.deepEqual(words({ connected: false }), ["connecting"]);
  assert.deepEqual(words(GOOD, { connected: false }, GOOD), ["good", "lost", "good"]);
});

test("the own line is as good as the best connection on it", () => {
  assert.equal(ofOwnLine(["poor", "good", "lost"]), "good");
  assert.equal(ofOwnLine(["poor", "lost"]), "poor");
  assert.equal(ofOwnLine([]), "connecting");
});

test("of what the browser counts, sound and the path in use are looked at", () => {
  const counted = countedIn([
    { type: "inbound-rtp", kind: "audio", packetsReceived: 50, packetsLost: 2, jitter: 0.02, totalAudioEnergy: 0.5 },
    { type: "inbound-rtp", kind: "video", packetsReceived: 900, packetsLost: 90, jitter: 1 },
    { type: "candidate-pair", nominated: false, state: "failed", currentRoundTripTime: 9 },
    { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: 0.12 },
    { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.01 },
  ], true);
  assert.deepEqual(counted, { connected: true, received: 50, lost: 2, jitter: 0.02, roundTrip: 0.12, lostOfOurs: 0.01, energy: 0.5 });
});

test("of two attempts the later one has the greater id, whoever offers it", () => {
  const ids = [NO_CALL, callId(1, 1_700_000_000_000), callId(1, 1_700_000_000_001), callId(2, 5), callId(300, 1)];
  assert.deepEqual([...ids].sort(), ids);
  for (const id of ids) assert.match(id, /^[0-9a-f]{26}$/);
  assert.equal(numberIn(callId(300, 1)), 300);
  for (const other of ["", "abcdefab", "x".repeat(26)]) assert.ok(Number.isNaN(numberIn(other)));
});

const SDP = "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 9 X\r\nc=IN IP4 0.0.0.0\r\na=candidate:1 1 udp\r\nm=video 9 X\r\nc=IN IP4 0.0.0.0\r\na=x\r\nm=video 9 X\r\nc=IN IP4 0.0.0.0\r\n";

test("a description travels without candidates, and says how little to send to who saves data", () => {
  assert.equal(asSent(SDP, false), SDP.replace("a=candidate:1 1 udp\r\n", ""));
  const saving = asSent(SDP, true).split("m=");
  assert.doesNotMatch(saving[1], /b=/);
  assert.match(saving[2], /c=IN IP4 0\.0\.0\.0\r\nb=AS:100\r\nb=TIAS:100000\r\na=x/);
  assert.match(saving[3], /b=TIAS:200000/);
});

test("a candidate belongs to the description with its fragment; one that names none to any", () => {
  assert.ok(belongs("candidate:1 ufrag abc network-id 1", "a=ice-ufrag:abc\r\n"));
  assert.ok(!belongs("candidate:1 ufrag ab", "a=ice-ufrag:abc\r\n"));
  assert.ok(belongs("candidate:1", "a=ice-ufrag:abc\r\n"));
});

const ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A145R; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";
const DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15";

test("browsers inside of other apps are known by name", () => {
  const apps = {
    [`${ANDROID} Instagram 335.0`]: "Instagram", [`${ANDROID} [FB_IAB/FB4A;FBAV/468.0]`]: "Facebook", [`${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/468]`]: "Facebook",
    [`${ANDROID} BytedanceWebview/d8a21c6`]: "TikTok", [`${IPHONE} Mobile/15E148 Safari Line/14.9.0`]: "LINE", [`${ANDROID} MicroMessenger/8.0`]: "WeChat",
    [`${IPHONE} Mobile/15E148 Snapchat/13.0`]: "Snapchat", [`${IPHONE} Mobile/15E148 Twitter for iPhone/10.4`]: "X", [ANDROID]: "", [`${IPHONE} Mobile/15E148`]: "",
  };
  for (const [agent, app] of Object.entries(apps)) assert.equal(inAppOf(agent)?.app, app, agent);
});

test("browsers of their own are not taken for apps", () => {
  for (const agent of [CHROME, DESKTOP, MAC, `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, `${IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1`, `${IPHONE} FxiOS/127.0 Mobile/15E148`]) {
    assert.equal(inAppOf(agent), null, agent);
  }
});

test("the way out leads to the same page, without what may stand behind its path, and there is none by link on iOS", () => {
  const out = wayOut({ app: "Instagram", platform: "android" }, "https://help.example/appointments/a1?from=chat#x");
  assert.equal(out, "intent://help.example/appointments/a1#Intent;scheme=https;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;" +
    "S.browser_fallback_url=https%3A%2F%2Fhelp.example%2Fappointments%2Fa1;end");
  assert.equal(wayOut({ app: "Instagram", platform: "ios" }, "https://help.example/"), null);
});

test("why a camera or microphone can't be had is told apart", () => {
  const cases = [
    ["NotAllowedError", "Permission denied", "denied"], ["NotAllowedError", "Permission dismissed", "dismissed"], ["NotAllowedError", "Permission denied by system", "system"],
    ["NotAllowedError", "The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.", "denied"],
    ["NotFoundError", "Requested device not found", "no_device"], ["OverconstrainedError", "", "no_device"], ["NotReadableError", "Could not start video source", "in_use"],
    ["AbortError", "Starting videoinput failed", "in_use"], ["SecurityError", "", "policy"], ["TypeError", "", "unsupported"], ["Error", "", "unknown"],
  ];
  for (const [name, message, refusal] of cases) assert.equal(refusalIn({ name, message }), refusal, `${name} ${message}`);
  const around = { secure: true, supported: true, allowed: true };
  assert.equal(refusalIn(null, { ...around, secure: false, supported: false }), "insecure");
  assert.equal(refusalIn(null, { ...around, supported: false }), "unsupported");
  assert.equal(refusalIn(null, { ...around, allowed: false }), "policy");
});

test("each family of browsers is known, so that its own way to allow is told", () => {
  const families = [
    [CHROME, "chrome-android"], [DESKTOP, "chrome"], [`${DESKTOP} Edg/126.0`, "edge"], [`${CHROME} EdgA/126.0`, "chrome-android"], [MAC, "safari"],
    [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, "safari-ios"], [`${IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1`, "ios"],
    ["Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A146B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36", "samsung"],
    ["Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "firefox-android"], ["Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "firefox"],
    ["something else", "other"],
  ];
  for (const [agent, family] of families) assert.equal(familyOf(agent), family, agent);
  assert.equal(familyOf(MAC, 5), "safari-ios");
});

test("the line before a call is said in one word", () => {
  assert.equal(lineBy({ online: true, roundTrip: 80, effectiveType: "4g" }), "good");
  assert.equal(lineBy({ online: true, roundTrip: 80 }), "good");
  assert.equal(lineBy({ online: true, roundTrip: 80, effectiveType: "3g" }), "slow");
  assert.equal(lineBy({ online: true, roundTrip: 700, effectiveType: "4g" }), "slow");
  assert.equal(lineBy({ online: true, roundTrip: 2_000 }), "weak");
  assert.equal(lineBy({ online: true, roundTrip: 80, effectiveType: "2g" }), "weak");
  assert.equal(lineBy({ online: false, roundTrip: 80 }), "offline");
  assert.equal(lineBy({ online: true, roundTrip: null }), "offline");
});

test("loudness goes from nothing to all as it is heard", () => {
  assert.equal(loudness(0), 0);
  assert.equal(loudness(1), 1);
  assert.ok(Math.abs(loudness(1e-3) - 0.5) < 1e-9);
});
