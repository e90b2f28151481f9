"""Looking at a page as people do who keep the rules of accessibility."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
# AAA and best practice are looked at by people; what WCAG 2.2 AA asks for must hold.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def look(page: Page, name: str, scheme: str, width: int, language: str) -> None:
    """With E2E_PICTURES set, keep a picture of the page for people to look at."""
    if "E2E_PICTURES" not in os.environ:
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


def unreachable(page: Page, place: str) -> list[str]:
    """What axe finds that keeps somebody out."""
    # What stands half under the bar at the top, because something further down has the focus, can be scrolled to.
    page.evaluate("scrollTo(0, 0)")
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{place}: {one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]
