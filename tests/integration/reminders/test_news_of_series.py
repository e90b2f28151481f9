"""What happens to many of a series at once is told once, and each of them is reminded of by itself."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from shared.reminders.channel import Channel
from tests.support import practice, series
from tests.support.cast import Client, StaffMember
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EMAIL, PUSH = Channel.EMAIL, Channel.PUSH


@pytest.fixture
def reminding(site: Site, tom: StaffMember) -> Reminding:
    practice.opens(tom)
    return Reminding(site, {EMAIL: Letterbox(), PUSH: Letterbox()})


def titles(reminding: Reminding, channel: Channel, who: Client | StaffMember) -> list[str]:
    return [title for title, _ in reminding.told(channel, who.id)]


def test_a_series_is_told_once_when_it_is_booked_and_once_when_the_rest_is_called_off(
    reminding: Reminding, alice: Client, tom: StaffMember
) -> None:
    with reminding.happens():
        booked = series.book(alice, tom, series.weeks(4))

    assert titles(reminding, EMAIL, alice) == ["It's planned"]
    assert titles(reminding, PUSH, tom) == ["It's planned"]
    (text,) = [text for who, text, _ in reminding.letterboxes[EMAIL].taken if who == alice.id]
    assert text.body == "Planned for Wednesday, 3 March 2027, 09:00 (Lisbon, UTC+0). And 3 more."
    assert len(Calendar.from_ical(text.calendar).walk("VEVENT")) == 4

    with reminding.happens():
        answer = alice.browser.post(
            f"/api/appointments/{booked[1]['id']}/series/cancel",
            {"version": booked[1]["version"], "scope": "following"},
        )
        assert answer.status == 200, answer.text
    reminding.sweep()

    assert titles(reminding, PUSH, tom) == ["It's planned", "It's off"]
    off = [text for who, text, _ in reminding.letterboxes[PUSH].taken if who == tom.id][-1]
    assert off.body.endswith("does not take place. And 2 more.")


def test_each_of_a_series_is_reminded_of(reminding: Reminding, alice: Client, tom: StaffMember) -> None:
    with reminding.happens():
        series.book(alice, tom, series.weeks(2))
    due = sorted(reminding.schedules.due(name) for name in reminding.schedules.planned)
    first, second = series.weeks(2)
    assert {first - DAY, second - DAY} <= set(due)


def test_one_of_a_series_that_is_moved_alone_is_told_alone(
    reminding: Reminding, alice: Client, tom: StaffMember
) -> None:
    with reminding.happens():
        booked = series.book(alice, tom, series.weeks(3))
    with reminding.happens():
        assert practice.move(alice, booked[1], series.weeks(3)[1] + HOUR).status == 200
    moved = [text for who, text, _ in reminding.letterboxes[PUSH].taken if who == tom.id][-1]
    assert moved.title == "A new time"
    assert "more" not in moved.body
