import assert from "node:assert/strict";
import test from "node:test";
import { readCatalog } from "../../web/builder/catalogs.mjs";
import { bundled, catalogs } from "./bundled.mjs";

// Node 20 has none; words about times ask it for the person's region.
globalThis.navigator ??= { languages: ["en"] };
globalThis.document ??= { documentElement: {}, dispatchEvent() {} };

const SPEAK = 'export { needWords, offerCatalogs, speak } from "../../words/language.ts"; export { catalogs as ofStaff } from "built:staff-catalogs";';
const PARTS = ["staff-talk", "staff-rooms", "staff-moderation"];
const NOW = Date.parse("2026-11-24T18:00:00Z");
const ago = (minutes) => new Date(NOW - minutes * 60_000).toISOString();

/** The module, with words, in a language. */
async function speaking(source, language = "en") {
  const found = await bundled(source, SPEAK);
  found.offerCatalogs(found.ofStaff);
  await found.needWords(PARTS);
  await found.speak(language);
  return found;
}

test("an age is told in whole units, never more than has passed", async () => {
  const { ageInWords } = await speaking("staff/rooms/age.ts");
  const ages = [0, 0.9, 1, 59.9, 60, 119, 23 * 60, 24 * 60, 13 * 24 * 60].map((minutes) => ageInWords(ago(minutes), NOW));
  assert.deepEqual(ages, ["just now", "just now", "1 minute ago", "59 minutes ago", "1 hour ago", "1 hour ago", "23 hours ago", "1 day ago", "13 days ago"]);
});

test("a clock that runs ahead makes nothing look older, or still to come", async () => {
  const { ageInWords } = await speaking("staff/rooms/age.ts");
  assert.equal(ageInWords(ago(-10), NOW), "just now");
});

test("an age has the digits of everything else on the page", async () => {
  const { ageInWords } = await speaking("staff/rooms/age.ts", "ar");
  assert.match(ageInWords(ago(25), NOW), /25/);
});

const shift = (weekday, start, end, id = `${weekday} ${start}`) => ({ id, facilitator_id: "maya", weekday, start, end });
const { clockOf, gapsAhead, minutesOf, piecesOn, uncovered, wrongWith } = await bundled("staff/rooms/rota-week.ts");

test("a shift over midnight stands on both of its days, from Sunday to Monday too", () => {
  const late = [shift(7, "21:00", "01:30")];
  assert.deepEqual(piecesOn(7, late).map(({ start, end, pastTheEnd }) => [clockOf(start), end, pastTheEnd]), [["21:00", 1440, true]]);
  assert.deepEqual(piecesOn(1, late).map(({ start, end, fromBefore }) => [start, clockOf(end), fromBefore]), [[0, "01:30", true]]);
  assert.deepEqual(piecesOn(2, late), []);
});

test("a shift that ends at midnight stays on its day", () => {
  assert.deepEqual(piecesOn(4, [shift(3, "18:00", "24:00")]), []);
  assert.equal(piecesOn(3, [shift(3, "18:00", "24:00")])[0].pastTheEnd, false);
});

test("what nobody covers is what is left of the day; shifts that touch or overlap leave nothing between them", () => {
  const gaps = (...shifts) => uncovered(1, shifts).map(([start, end]) => `${clockOf(start)}-${clockOf(end)}`);
  assert.deepEqual(gaps(), ["00:00-24:00"]);
  assert.deepEqual(gaps(shift(1, "00:00", "24:00")), []);
  assert.deepEqual(gaps(shift(1, "18:00", "21:00"), shift(1, "21:00", "23:00"), shift(1, "08:00", "12:00"), shift(1, "09:00", "10:00")), ["00:00-08:00", "12:00-18:00", "23:00-24:00"]);
  assert.deepEqual(gaps(shift(7, "22:00", "02:00")), ["02:00-24:00"]);
});

test("each minute of a week is covered by a piece or is part of a gap, and never both", () => {
  const week = [shift(1, "18:00", "21:00"), shift(1, "20:00", "02:00"), shift(3, "00:00", "24:00"), shift(5, "23:55", "00:05"), shift(7, "12:00", "11:55")];
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    for (let minute = 0; minute < 1440; minute += 5) {
      const inside = ([start, end]) => start <= minute && minute < end;
      const covered = piecesOn(weekday, week).some(({ start, end }) => inside([start, end]));
      assert.notEqual(covered, uncovered(weekday, week).some(inside), `${weekday} ${clockOf(minute)}`);
    }
  }
});

test("ahead, gaps begin now and end with the look ahead, whatever order shifts come in", () => {
  const hour = (at) => Date.parse(`2026-11-24T${String(at).padStart(2, "0")}:00:00Z`);
  const cover = (start, end) => ({ start: new Date(hour(start)).toISOString(), end: new Date(hour(end)).toISOString() });
  const gaps = (covers) => gapsAhead(covers, hour(10), hour(20)).map(({ start, end }) => `${start.slice(11, 13)}-${end.slice(11, 13)}`);
  assert.deepEqual(gaps([]), ["10-20"]);
  assert.deepEqual(gaps([cover(15, 17), cover(8, 11), cover(12, 15)]), ["11-12", "17-20"]);
  assert.deepEqual(gaps([cover(9, 12), cover(11, 23)]), []);
  assert.deepEqual(gaps([cover(21, 22)]), ["10-20"]);
});

test("a shift without a start, an end or a length is told so, and so are minutes between the steps", () => {
  assert.deepEqual([["", "09:00"], ["09:00", ""], ["09:00", "09:00"], ["09:00", "09:03"], ["00:00", "24:00"], ["21:00", "01:00"]].map(([start, end]) => wrongWith({ start, end })),
    ["start", "end", "same", "step", "", ""]);
  assert.equal(minutesOf("24:00"), 1440);
});

const limits = { status: "joined", muted_until: null, slow_until: null, suspended_until: null };

test("everything that holds for a member is told, and nothing that is over", async () => {
  const { standing } = await speaking("staff/rooms/words.ts");
  const told = (of) => standing({ ...limits, ...of }, "Europe/London", NOW);
  assert.deepEqual(told({}), ["Can read and write"]);
  assert.deepEqual(told({ muted_until: ago(1) }), ["Can read and write"]);
  assert.deepEqual(told({ muted_until: ago(-90), slow_until: ago(-2 * 24 * 60) }).map((words) => words.split(" until ")[0]), ["Can only read", "Writes more slowly"]);
  assert.deepEqual(told({ status: "removed", muted_until: ago(-90) }), ["Removed"]);
});

test("what holds until later today is told by the clock alone, other days with their date", async () => {
  const { soon } = await speaking("staff/rooms/words.ts");
  assert.match(soon("2026-11-24T20:30:00Z", "Europe/London", NOW), /^(20:30|8:30\sPM)$/);
  assert.match(soon("2026-11-25T20:30:00Z", "Europe/London", NOW), /25/);
  assert.match(soon("2026-11-24T20:30:00Z", "Asia/Tokyo", NOW), /^(05:30|5:30\sAM)$/);
});

test("each step of the ladder and each end of an appeal has words, in every language", async () => {
  for (const language of ["en", "es", "ar"]) {
    const words = readCatalog(catalogs, language);
    for (const step of ["remind", "slow", "mute", "suspend", "remove", "lift"]) {
      for (const key of [`staff.step.${step}`, `staff.step.${step}.hint`, `staff.step.${step}.yes`, `staff.decision.${step}`]) assert.ok(words[key], `${language} ${key}`);
    }
    for (const outcome of ["open", "upheld", "lifted"]) assert.ok(words[`staff.appeal.${outcome}`], `${language} ${outcome}`);
  }
});

test("a decision is told with its end, where it has one", async () => {
  const { stepInWords } = await speaking("staff/rooms/words.ts");
  assert.equal(stepInWords({ step: "remind", until: null }, "Europe/London"), "Reminded");
  assert.match(stepInWords({ step: "mute", until: "2026-11-25T20:30:00Z" }, "Europe/London"), /^Muted until .*25.*30/);
});

const { byNeed, byUrgency, byWaiting } = await bundled("staff/rooms/order.ts");

test("whoever needs a word comes first, then who asks to join; who is gone comes last", () => {
  const member = (handle, status = "joined", needs_a_word = false) => ({ handle, status, needs_a_word });
  const found = byNeed([member("ben"), member("gone", "removed"), member("alice"), member("sam", "requested"), member("zoe", "joined", true)]);
  assert.deepEqual(found.map(({ handle }) => handle), ["zoe", "sam", "alice", "ben", "gone"]);
});

test("urgent concerns come first, then those nobody looks after, then the oldest", () => {
  const concern = (id, level, status, minutes) => ({ id, level, status, raised_at: ago(minutes) });
  const found = byUrgency([
    concern("old", "concern", "raised", 90), concern("seen", "concern", "acknowledged", 120), concern("new", "concern", "raised", 5),
    concern("urgent, seen", "urgent", "acknowledged", 60), concern("urgent", "urgent", "escalated", 2),
  ]);
  assert.deepEqual(found.map(({ id }) => id), ["urgent", "urgent, seen", "old", "new", "seen"]);
});

test("who waits for an answer comes first, and of these who has waited longest", () => {
  const thread = (id, unread, minutes) => ({ id, membership: { unread }, active_at: ago(minutes) });
  const found = byWaiting([thread("quiet", 0, 500), thread("just now", 1, 1), thread("answered", 0, 2), thread("since yesterday", 3, 1500)]);
  assert.deepEqual(found.map(({ id }) => id), ["since yesterday", "just now", "answered", "quiet"]);
});

const { actedOn, actionOf, ACTIONS, faultOf, matching } = await bundled("staff/rooms/phrase-rules.ts");

test("what a phrase does survives being one choice in a list", () => {
  for (const action of ACTIONS) assert.equal(actionOf(actedOn("some words", action)), action);
  assert.deepEqual(actedOn("x y", "hold.contact"), { text: "x y", action: "hold", held_for: "contact" });
  assert.equal(actedOn("x y", "fold").held_for, null);
});

test("the same phrase in other letters is found, and not added twice", () => {
  const phrases = [actedOn("Suicídio", "urgent"), actedOn("don’t want to live", "concern"), actedOn("أُنهي حياتي", "urgent")];
  assert.equal(faultOf("suicidio", phrases), "twice");
  assert.equal(faultOf("Don't  want to LIVE", phrases), "twice");
  assert.equal(matching(phrases, "انهي").length, 1);
  assert.equal(matching(phrases, "  ").length, 3);
  assert.deepEqual([faultOf("", phrases), faultOf("x", phrases), faultOf("x".repeat(81), phrases), faultOf("new words", phrases)], ["missing", "length", "length", ""]);
});

const { faultsIn, tagsIn } = await bundled("staff/rooms/room-rules.ts");

test("tags are read however the commas are written, each once", () => {
  assert.deepEqual(tagsIn("nights, new parents,, nights، ليل;x"), ["nights", "new parents", "ليل", "x"]);
});

test("a room needs a name, guidelines and places for two to two hundred", () => {
  const rules = { name: " ", about: "For nights.", guidelines: "", topics: [], tags: [], capacity: 1.5 };
  assert.deepEqual(faultsIn(rules).map(({ field }) => field), ["name", "guidelines", "capacity"]);
  assert.deepEqual(faultsIn({ ...rules, name: "Night owls", guidelines: "Be kind.", capacity: 200 }), []);
  assert.deepEqual(faultsIn({ ...rules, name: "Night owls", guidelines: "Be kind.", capacity: NaN }).map(({ field }) => field), ["capacity"]);
});
