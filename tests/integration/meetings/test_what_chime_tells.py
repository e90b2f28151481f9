"""What Chime tells of its meetings: noted when it helps, and nothing is lost when it is late, double or never."""

from datetime import timedelta

import pytest

from shared.meetings.happenings import Happening, HappeningKind
from shared.meetings.marks import Marks
from shared.meetings.model import Provider
from shared.meetings.store import MeetingStore
from shared.tables import Table
from tests.support.meeting import Attending
from tests.support.site import Site


@pytest.fixture
def marks(site: Site) -> Marks:
    """What the function works with."""
    return Marks(MeetingStore(Table(site.dynamodb, site.tables.rooms)))


@pytest.fixture
def met(site: Site, client: Attending, counselor: Attending) -> tuple[Attending, Attending]:
    """Both are in a call that Chime carries."""
    site.carried_by = Provider.CHIME
    site.start()
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client)
    counselor.joins()
    client.joins()
    return client, counselor


def told(site: Site, by: Attending, kind: HappeningKind, seconds: int = 0) -> Happening:
    """Something that happened to somebody."""
    [provider_id] = site.chime.meetings
    return Happening(kind, by.meeting_id, by.seat, provider_id, site.clock() + timedelta(seconds=seconds))


def marked(site: Site) -> list[dict[str, str]]:
    """What is noted of seats, by when."""
    items = [item for item in site.items(site.tables.rooms) if item["sk"]["S"].startswith("CARRIED#")]
    return [{name: item[name]["S"] for name in ("joined_at", "left_at") if name in item} for item in items]


def test_joining_and_leaving_are_marked_in_whatever_order_they_are_told(
    site: Site, marks: Marks, met: tuple[Attending, Attending]
) -> None:
    """The latest of each kind counts."""
    client, _ = met
    for kind, seconds in ((HappeningKind.DROPPED, 90), (HappeningKind.JOINED, 5), (HappeningKind.LEFT, 30)):
        for _ in range(2):
            marks.note(told(site, client, kind, seconds))

    assert marked(site) == [{"joined_at": "2027-03-03T08:55:05Z", "left_at": "2027-03-03T08:56:30Z"}]


def test_marks_move_nobody(site: Site, marks: Marks, met: tuple[Attending, Attending]) -> None:
    """A late word that somebody left must not put them out of the call they came back to."""
    client, counselor = met
    before = counselor.looks()
    marks.note(told(site, client, HappeningKind.LEFT))

    assert counselor.looks() == before


def test_nobody_is_sent_to_a_call_that_ended(site: Site, marks: Marks, met: tuple[Attending, Attending]) -> None:
    """The next who asks gets a new one; told again, or told late, nothing changes."""
    client, counselor = met
    ended = told(site, client, HappeningKind.ENDED)
    marks.note(ended)
    again = client.joins()["call"]["meeting"]["MeetingId"]
    assert again != ended.provider_id

    marks.note(ended)
    assert counselor.joins()["call"]["meeting"]["MeetingId"] == again


def test_what_is_told_of_no_meeting_of_ours_is_nothing(site: Site, marks: Marks, client: Attending) -> None:
    """An old one, or one that is forgotten."""
    marks.note(Happening(HappeningKind.ENDED, "0" * 32, "", "of nobody", site.clock()))

    assert marked(site) == []
