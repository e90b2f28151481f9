/** Says something to people who listen to the page, without moving their focus. The shell holds the live region. */

const REGION = "announcer";
const BREATH_MS = 60;

export function announce(words: string): void {
  const region = document.getElementById(REGION);
  if (!region) return;
  region.textContent = "";
  // The same sentence twice is only spoken twice when the region was empty in between.
  setTimeout(() => (region.textContent = words), BREATH_MS);
}
