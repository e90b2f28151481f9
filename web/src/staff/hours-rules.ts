/** What can be wrong with hours, said before the API has to. Times are clocks on the wall: "09:00" sorts as it reads. */

import type { Fault } from "../frame/page.ts";
import { type Key, t } from "../words/language.ts";
import type { Availability, DayException, Hours } from "./types.ts";
import { nameOfWeekday } from "../time/week.ts";

type Span = Pick<Hours, "start" | "end">;

/** Fields are named as in the API: "weekly.3.start" is the start of the fourth range sent. */
export function faultsIn({ weekly, exceptions }: Pick<Availability, "weekly" | "exceptions">): Fault[] {
  const faults = weekly.flatMap((hours, at) => faultsOf(hours, `weekly.${at}`).map((found) => onDay(hours, found)));
  for (const [at, hours] of weekly.entries()) {
    const another = weekly.some((one, where) => where < at && one.weekday === hours.weekday && overlap(one, hours));
    if (another) faults.push(onDay(hours, fault(`weekly.${at}.start`, "hours.fault.overlap")));
  }
  for (const [at, exception] of exceptions.entries()) {
    if (exceptions.some((other, where) => where < at && clash(other, exception))) faults.push(fault(`exceptions.${at}`, "hours.fault.twice"));
  }
  return faults;
}

export function faultsOf({ start, end }: Span, field: string): Fault[] {
  const faults: Fault[] = [];
  if (!start) faults.push(fault(`${field}.start`, "hours.fault.start"));
  if (!end) faults.push(fault(`${field}.end`, "hours.fault.end"));
  if (start && end && end <= start) faults.push(fault(`${field}.end`, "hours.fault.order"));
  return faults;
}

/** What is closed on a date wins over what is open: saying both of one hour would be in vain. */
export function clash(one: DayException, other: DayException): boolean {
  return one.on === other.on && overlap(one, other);
}

function overlap(one: Span, other: Span): boolean {
  return Boolean(one.start && one.end && other.start && other.end) && one.start < other.end && other.start < one.end;
}

/** In a list of faults it must be plain which day is meant. */
function onDay({ weekday }: Hours, { field, words }: Fault): Fault {
  return { field, words: `${nameOfWeekday(weekday)}: ${words}` };
}

function fault(field: string, words: Key): Fault {
  return { field, words: t(words) };
}
