"""Waiting for what a page finds by itself.

Playwright's own way evaluates text inside of the page, which the site's policy forbids.
"""

from typing import Any

from playwright.sync_api import Page

_PATIENCE_MS = 40_000
_WAIT = """async (given) => {
  const look = (__LOOK__);
  const end = performance.now() + __PATIENCE__;
  while (!(await look(given))) {
    if (performance.now() > end) throw new Error("This did not come true: " + look);
    await new Promise((next) => setTimeout(next, 50));
  }
}"""


def until(page: Page, look: str, given: Any = None) -> None:
    """Wait until the JavaScript function `look` answers truth; it is given `given`."""
    page.evaluate(_WAIT.replace("__LOOK__", look).replace("__PATIENCE__", str(_PATIENCE_MS)), given)
