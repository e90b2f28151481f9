"""What has been counted of calls, and calls to count."""

from datetime import datetime, timedelta

from shared.meetings.model import MeetingKind, Provider
from shared.meetings.usage import MICROS, MICROS_A_MINUTE, Month, Tally, added
from shared.meetings.usage_store import UsageStore
from shared.tables import Table, commit
from tests.support import practice
from tests.support.cast import Client, StaffMember
from tests.support.meeting import Attending
from tests.support.site import Site

FIVE_TO = timedelta(minutes=5)


def counted(site: Site) -> list[Tally]:
    """Everything that was ever counted, whatever the month."""
    items = [item for item in site.items(site.tables.rooms) if item["pk"]["S"].startswith("USAGE#")]
    found = []
    for item in items:
        kind, provider = item["sk"]["S"].split("#")
        meetings, seconds = int(item["meetings"]["N"]), int(item["seconds"]["N"])
        found.append(Tally(MeetingKind(kind), Provider(provider), meetings, seconds))
    return added(found)


def spend(site: Site, dollars: float, at: datetime, kind: MeetingKind = MeetingKind.CIRCLE) -> None:
    """Have calls by Chime of that month cost so much, to the next second."""
    seconds = round(dollars * MICROS * 60 / MICROS_A_MINUTE[Provider.CHIME] + 0.5)
    table = Table(site.behind_the_scenes, site.tables.rooms)
    commit(table.client, [UsageStore(table).add(Month.of(at), Tally(kind, Provider.CHIME, 1, seconds))])


def five_to(site: Site, client: Client, counselor: StaffMember, start: datetime) -> tuple[Attending, Attending]:
    """Client and counselor, let in, five minutes before an appointment that begins at `start`."""
    booked = practice.book(client, counselor, start)
    site.clock.now = start - FIVE_TO
    one, other = Attending(client, str(booked["id"])), Attending(counselor, str(booked["id"]))
    one.arrives()
    other.arrives()
    assert other.lets_in(one).status == 200
    return one, other
