"""Looking at a page as people do who keep the rules of accessibility."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = "E2E_PICTURES" in os.environ
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
# AAA is looked at by people; what WCAG 2.2 AA asks for must hold.
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
"""Everything axe is to judge."""
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can differ between light and dark."""


def look(page: Page, name: str, scheme: str, width: int, language: str) -> None:
    """With E2E_PICTURES set, keep a picture of the page for people to look at."""
    if not PICTURES:
        return
    page.screenshot(path=SCREENSHOTS / f"{name}.{language}.{width}.{scheme}.png", full_page=True, animations="disabled")


def overflow(page: Page) -> list[str]:
    """What sticks out to the side, if anything makes the page scroll that way."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > wide + 1 || one.getBoundingClientRect().left < -1)
            .map((one) => one.outerHTML.slice(0, 120));
        }"""
    )
    return found


def unreachable(page: Page, place: str, rules: Mapping[str, Any] = ALL_RULES) -> list[str]:
    """What axe finds that keeps somebody out, by these rules."""
    # What stands half under the bar at the top, because something further down has the focus, can be scrolled to.
    page.evaluate("scrollTo(0, 0)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("async asked => (await axe.run(asked)).violations", asked)
    return [f"{place}: {one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]
