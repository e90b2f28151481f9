"""Rules that hold on every page in every state: accessible, fitting narrow screens, in every language."""

import os
from itertools import chain
from typing import Any, Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.cast import PASSWORD, Cast
from tests.e2e.looking import ALL_RULES, COLOURS, PICTURES, look, overflow, unreachable
from tests.e2e.places import World, of_clients, of_staff, populate
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

WIDTHS = (320, 360, 1280)
LAST = WIDTHS[-1]
# Words are longest in Spanish, which the narrowest screen shows; Arabic is laid out the other way round. What is left
# out here is looked at with THOROUGH set, or for pictures.
WIDTHS_IN = {"en": WIDTHS, "es": (WIDTHS[0], LAST), "ar": (WIDTHS[0], LAST)}
SIDES_IN = {"en": (of_clients,), "es": (of_staff,), "ar": (of_clients,)}
ALL = PICTURES or "THOROUGH" in os.environ
# Colours that fade in would be judged half way.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOCALES = {"en": "en-GB", "es": "es-MX", "ar": "ar-EG"}
# A page is the same in the dark but for its colours, and in another language but for its words.
RULES_IN = {("en", "light"): ALL_RULES, ("ar", "dark"): COLOURS, ("es", "light"): ALL_RULES, ("es", "dark"): COLOURS}


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
    sides = (of_clients, of_staff) if ALL else SIDES_IN[language]
    settings = {"locale": LOCALES[language], "language": language, **STILL}
    for page, place in chain.from_iterable(side(visits, world, **settings) for side in sides):
        page.set_viewport_size({"width": LAST, "height": 800})
        place.visit(page, language)
        root = page.locator("html")
        expect(root).to_have_attribute("lang", language)
        expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        heading = page.get_by_role("heading", level=1).inner_text()
        if heading not in page.title():
            faults.append(f"{place.name}: the title {page.title()!r} is not about {heading!r}")
        for width in WIDTHS if ALL else WIDTHS_IN[language]:
            page.set_viewport_size({"width": width, "height": 800})
            faults += [f"{place.name} at {width}: {what}" for what in overflow(page)]
            for scheme in SCHEMES:
                rules = RULES_IN.get((language, scheme)) if width == LAST else None
                if rules or PICTURES:
                    page.emulate_media(color_scheme=scheme)
                    look(page, place.name, scheme, width, language)
                if rules:
                    faults += unreachable(page, f"{place.name} in {scheme}", rules)
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
