"""A time that came free and is held for somebody, made through the site's API before the browsers come in."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from local.visitor import Visitor
from tests.e2e.cast import Cast, Colleague

_PATIENCE_SECONDS = 60
ANY_DAY: dict[str, Any] = {"modes": ["video", "text"], "languages": [], "parts": [], "weekdays": []}


def book_in_some_days(visitor: Visitor, counselor: Colleague) -> Any:
    """An appointment far enough ahead to be offered to somebody else, should it come free."""
    day = datetime.now(UTC) + timedelta(days=3)
    asked = f"from={day:%Y-%m-%d}&days=2&zone=Europe/London"
    start = visitor.must("GET", f"/api/counselors/{counselor.id}/slots?{asked}")["slots"][0]["start"]
    wish = {"counselor_id": counselor.id, "start": start, "mode": "video", "zone": "Europe/London"}
    return visitor.must("POST", "/api/appointments", wish)


def give_back(visitor: Visitor, booked: Any) -> None:
    """Call it off."""
    visitor.must("POST", f"/api/appointments/{booked['id']}/cancel", {"version": booked["version"]})


def held_for(visitor: Visitor, cast: Cast) -> str:
    """The id of an offer to `visitor`, who is on the waiting list from now on: another client gave the time back."""
    counselor = cast.counselor("Ines Moreau", "Europe/London")
    other = cast.signed_in(cast.client("Europe/London"))
    visitor.must("PUT", "/api/waitlist", {**ANY_DAY, "counselors": [counselor.id], "zone": "Europe/London"})
    give_back(other, book_in_some_days(other, counselor))
    until = time.monotonic() + _PATIENCE_SECONDS
    while not (offers := visitor.must("GET", "/api/offers")["offers"]):
        assert time.monotonic() < until, "nothing is offered"
        time.sleep(0.2)
    return str(offers[0]["id"])
