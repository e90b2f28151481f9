/** From the clock on the wall to an instant. The browser only knows the other way round. */

const DAY_MS = 86_400_000;

/** The instant at which clocks in the zone show this. The earlier of two when clocks go back; null when they jump over it. */
export function instantAt(zone: string, date: string, time: string): string | null {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asIfUtc)) return null;
  for (const nearby of [asIfUtc - DAY_MS, asIfUtc + DAY_MS]) {
    const instant = asIfUtc - (shown(zone, nearby) - nearby);
    if (shown(zone, instant) === asIfUtc) return new Date(instant).toISOString().replace(".000Z", "Z");
  }
  return null;
}

/** "18:05", as an input of type time wants it. */
export function clockAt(zone: string, instant: string): string {
  return new Date(shown(zone, Date.parse(instant))).toISOString().slice(11, 16);
}

/** What clocks in the zone show, read as if it were UTC. */
function shown(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone, calendar: "gregory", hourCycle: "h23",
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(instant);
  const [year = 0, month = 1, day, hour, minute, second] = (["year", "month", "day", "hour", "minute", "second"] as const)
    .map((name) => Number(parts.find(({ type }) => type === name)?.value));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
