/**
 * What this tab remembers: a reload or a sign-in in between loses nothing, and closing the tab, leaving quickly or signing
 * out forgets it. Never in an address or in lasting storage: phones are shared.
 */

/** For browsers that keep nothing: then it lasts as long as the page. */
const memory = new Map<string, string>();

export function kept<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? memory.get(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown): void {
  memory.set(name, JSON.stringify(value));
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Kept in memory above.
  }
}

export function forgetAll(): void {
  memory.clear();
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept.
  }
}
