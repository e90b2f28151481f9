"""Waiting for a page to be still, and for what it can find out only by asking: there Playwright's own
`wait_for_function` takes the promise of an async function for its answer, and is content at once.
"""

from playwright.sync_api import Page

_PATIENCE_MS = 15_000
_SETTLED = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  // Not seen for its first moments, it waits all the same.
  const waiting = [...document.querySelectorAll("main .waiting")].some((one) => one.checkVisibility());
  return !waiting && !document.querySelector("main[aria-busy=true]")
    && [...document.querySelectorAll("h1")].some(seen);
}"""
_ASKS = """async (arg) => {
  const holds = %s;
  const end = performance.now() + %d;
  while (!(await holds(arg))) {
    if (performance.now() > end) return false;
    await new Promise((again) => setTimeout(again, 200));
  }
  return true;
}"""


def until(page: Page, holds: str, arg: object = None, patience_ms: int = _PATIENCE_MS) -> None:
    """Wait until this async function of JavaScript answers true, to `arg`."""
    assert page.evaluate(_ASKS % (holds, patience_ms), arg), f"not within {patience_ms} ms: {holds} of {arg}"


def settled(page: Page) -> None:
    """Wait until nothing is being loaded any more, and the page has its heading.

    What is pressed before may move away below the finger: pressed in one place and let go of in another is no click.
    """
    # Asked with every frame: what `expect` asks again it asks ever more seldom, which is long with so many pages.
    page.wait_for_function(_SETTLED)
