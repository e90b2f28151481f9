/** What somebody chooses of a series, and which of it they can mean. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bundled } from "./bundled.mjs";

globalThis.navigator ??= { languages: ["en"] };

const { Picks, unpicked } = await bundled("booking/occasions.ts");
const { ahead } = await bundled("booking/series-scope.ts");

const slot = (day, hour = 9) => ({ start: `2027-03-${day}T${String(hour).padStart(2, "0")}:00:00Z`, end: `2027-03-${day}T${String(hour).padStart(2, "0")}:50:00Z` });
const free = { ...slot("03"), standing: "free", others: [] };
const taken = { ...slot("10"), standing: "taken", others: [slot("10", 10), slot("10", 11)] };

test("a free date is taken unless it is left out, and what is not free waits for a choice", () => {
  const picks = new Picks();

  assert.equal(picks.of(free), free.start);
  assert.equal(picks.of(taken), undefined);
  assert.deepEqual(unpicked({ occasions: [free, taken], picks, zone: "UTC" }).map(({ field }) => field), ["date-1"]);
  picks.leaveOut(free);
  picks.choose(taken, taken.others[1].start);
  assert.equal(picks.of(free), null);
  assert.equal(picks.of(taken), taken.others[1].start);
  assert.deepEqual(unpicked({ occasions: [free, taken], picks, zone: "UTC" }), []);
});

test("a choice that is gone by now is forgotten, and what was left out stays out", () => {
  const picks = new Picks();
  picks.choose(taken, taken.others[0].start);
  picks.leaveOut(free);

  assert.equal(picks.of({ ...taken, others: [taken.others[1]] }), undefined);
  assert.equal(picks.of({ ...free, standing: "taken" }), null);
});

test("those are ahead that are agreed on and not over", () => {
  const later = { start: "2999-01-01T09:00:00Z", end: "2999-01-01T09:50:00Z" };
  const of = (status, when) => ({ id: status, status, ...when });

  const found = ahead([of("booked", later), of("arrived", later), of("cancelled", later), of("booked", { start: "2001-01-01T09:00:00Z", end: "2001-01-01T09:50:00Z" })]);

  assert.deepEqual(found.map(({ status }) => status), ["booked", "arrived"]);
});
