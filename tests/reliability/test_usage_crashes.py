"""The process may die at any call to AWS while a call ends: what it came to is counted once, and Amazon ends it too."""

from datetime import timedelta

import pytest

from shared.meetings.model import EMPTY_FOR, MeetingKind, Provider
from shared.meetings.usage import Tally
from tests.support import practice
from tests.support.api import fresh_key
from tests.support.cast import Client, StaffMember, sign_in, staff_sign_in
from tests.support.crash import CrashPoint
from tests.support.meeting import Attending
from tests.support.practice import NINE
from tests.support.site import Site
from tests.support.usage import counted, five_to

A_WHILE = timedelta(seconds=30)
TALKED = 2 * 30
LATER = timedelta(hours=2)


class Counting:
    """What has been counted, compared with what should have been."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.meetings = 0
        self.seconds = 0

    def expect(self, seconds: int, crash: CrashPoint) -> None:
        """One more call, so long; and nothing that Amazon would still bill."""
        self.meetings += 1
        self.seconds += seconds
        expected = Tally(MeetingKind.APPOINTMENT, Provider.CHIME, self.meetings, self.seconds)
        assert counted(self.site) == [expected], str(crash)
        assert all(there.is_over(self.site.clock()) for there in self.site.chime.meetings.values()), str(crash)


@pytest.fixture
def site(site: Site, tom: StaffMember) -> Site:
    """One whose calls go through Chime, with a counselor who works."""
    site.carried_by = Provider.CHIME
    site.start()
    tom.browser.gateway = site.gateway
    practice.opens(tom)
    return site


@pytest.fixture
def counting(site: Site) -> Counting:
    return Counting(site)


def meet(site: Site, alice: Client, tom: StaffMember) -> tuple[Attending, Attending]:
    """Both talk for half a minute, two days after what was before."""
    start = (site.clock() + timedelta(days=2)).replace(hour=9, minute=0, second=0)
    if start - NINE > timedelta(days=1):
        assert sign_in(alice.browser, alice.handle, alice.password).status == 200
        assert staff_sign_in(tom.browser, tom.email, tom.password).status == 200
    client, counselor = five_to(site, alice, tom, start)
    for one in (counselor, client, counselor):
        call = one.joins()["call"]
    site.chime.connect(call["meeting"], call["attendee"])
    site.clock.advance(A_WHILE)
    for one in (counselor, client):
        assert one.keeps().status == 200
    return client, counselor


def test_an_end_that_is_repeated_counts_once(site: Site, alice: Client, tom: StaffMember, counting: Counting) -> None:
    points = []
    for crash in site.crashes.everywhere():
        points.append(crash)
        _, counselor = meet(site, alice, tom)
        key = fresh_key()
        with crash:
            counselor.hosts("end", key=key)

        assert counselor.hosts("end", key=key).status == 200, str(crash)
        site.reap()
        counting.expect(TALKED, crash)
    assert sum(point.reached for point in points) >= 2 * 2


def test_an_end_that_is_never_repeated_counts_once_after_a_sweep(
    site: Site, alice: Client, tom: StaffMember, counting: Counting
) -> None:
    points = []
    for crash in site.crashes.everywhere():
        points.append(crash)
        _, counselor = meet(site, alice, tom)
        with crash:
            counselor.hosts("end")

        site.clock.advance(LATER)
        site.reap()
        counting.expect(TALKED, crash)
    assert sum(point.reached for point in points) >= 2 * 2


def test_a_call_whose_people_vanished_is_ended_and_counted_once_however_often_the_sweep_dies(
    site: Site, alice: Client, tom: StaffMember, counting: Counting
) -> None:
    points = []
    for crash in site.crashes.everywhere():
        points.append(crash)
        meet(site, alice, tom)
        site.clock.advance(LATER)
        with crash:
            site.reap()

        site.reap()
        counting.expect(TALKED, crash)
        assert site.reap() == 0, str(crash)
    assert sum(point.reached for point in points) >= 2 * 2


def test_a_call_that_is_hung_up_while_its_people_may_come_back_is_counted_when_they_no_longer_can(
    site: Site, alice: Client, tom: StaffMember, counting: Counting
) -> None:
    for crash in site.crashes.everywhere():
        meet(site, alice, tom)
        site.clock.advance(EMPTY_FOR)
        with crash:
            site.reap()

        site.clock.advance(EMPTY_FOR)
        site.reap()
        before = counted(site)
        assert [tally.meetings for tally in before] == ([counting.meetings] if counting.meetings else []), str(crash)
        site.clock.advance(LATER)
        site.reap()
        counting.expect(TALKED, crash)
