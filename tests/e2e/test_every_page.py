"""Rules that hold on every page in every state: accessible, fitting narrow screens, in every language."""

from typing import Any, Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.cast import PASSWORD, Cast
from tests.e2e.looking import look, overflow, unreachable
from tests.e2e.places import World, all_of_them, populate
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

WIDTHS = (320, 360, 1280)
# Colours that fade in would be judged half way.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
LAST = WIDTHS[-1]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOCALES = {"en": "en-GB", "es": "es-MX", "ar": "ar-EG"}
# What axe finds hangs on the colours, or on the order of things: each is looked at once. Spanish is only longer.
JUDGED = {("en", "light"), ("ar", "dark")}


@pytest.fixture(scope="module")
def world(cast: Cast) -> World:
    """Something to see on every page."""
    return populate(cast)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_page_is_accessible_and_fits_in_light_and_dark(
    visits: Visits, world: World, witness: Witness, language: str
) -> None:
    world.speak(language)
    faults: list[str] = []
    for page, place in all_of_them(visits, world, locale=LOCALES[language], language=language, **STILL):
        place.visit(page, language)
        root = page.locator("html")
        expect(root).to_have_attribute("lang", language)
        expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        heading = page.get_by_role("heading", level=1).inner_text()
        if heading not in page.title():
            faults.append(f"{place.name}: the title {page.title()!r} is not about {heading!r}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults += [f"{place.name} at {width}: {what}" for what in overflow(page)]
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                look(page, place.name, scheme, width, language)
                if width == LAST and (language, scheme) in JUDGED:
                    faults += unreachable(page, f"{place.name} in {scheme}")
    assert faults == []


def test_the_codes_shown_once_are_accessible_and_fit(visits: Visits, cast: Cast) -> None:
    page = visits.client(cast.client("Europe/London"), **STILL)
    page.goto("/account/codes")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make new codes").click()
    expect(page.get_by_role("list", name="Recovery codes")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) == []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        look(page, "codes", scheme, LAST, "en")
        assert unreachable(page, f"codes in {scheme}") == []
