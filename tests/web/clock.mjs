/** A clock that stands still until a test lets time pass; `later` and `now` are what modules of the site want of it. */
export function clock(at = 0) {
  const timers = [];
  const c = {
    later(ms, work) {
      const timer = { at: at + ms, work };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    now: () => at,
    async pass(ms) {
      const end = at + ms;
      for (;;) {
        await settle();
        const next = timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        timers.splice(timers.indexOf(next), 1);
        at = next.at;
        next.work();
      }
      at = end;
      await settle();
    },
  };
  return c;
}

/** Lets everything that waits for nothing but its turn happen. */
export async function settle() {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}
