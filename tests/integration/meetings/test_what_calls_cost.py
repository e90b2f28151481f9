"""What calls cost: counted once each, shown to admins, and held below a ceiling."""

from datetime import timedelta
from typing import Any

import pytest

from shared.appointments.model import Mode
from shared.meetings.model import EMPTY_FOR, MeetingKind, Provider
from shared.meetings.presence import LEASE
from shared.meetings.refusals import HeldInWriting
from shared.meetings.usage import Choice, Tally
from tests.support.api import Answer, fresh_key
from tests.support.cast import Client, StaffMember, staff_sign_in
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.practice import NINE
from tests.support.site import Site
from tests.support.usage import counted, five_to, spend

A_WHILE = timedelta(seconds=30)
LATER = timedelta(hours=2)
DAY = timedelta(days=1)
CHIME, PEER = Provider


@pytest.fixture
def site(site: Site) -> Site:
    """One whose calls go through Chime."""
    site.carried_by = CHIME
    site.start()
    return site


@pytest.fixture
def met(client: Attending, counselor: Attending) -> tuple[Attending, Attending]:
    """Both are in the call."""
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client)
    return connected(client, counselor)


def connected(client: Attending, counselor: Attending) -> tuple[Attending, Attending]:
    """The two, in the call."""
    for one in (counselor, client, counselor):
        one.joins()
    return client, counselor


def talk(site: Site, *people: Attending) -> None:
    """Half a minute of it."""
    site.clock.advance(A_WHILE)
    for one in people:
        assert one.keeps().status == 200


def of_appointments(meetings: int, seconds: int, provider: Provider = CHIME) -> list[Tally]:
    return [Tally(MeetingKind.APPOINTMENT, provider, meetings, seconds)]


def usage(ada: StaffMember, month: str = "") -> dict[str, Any]:
    answer = asked(ada, month and f"month={month}")
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def asked(by: StaffMember, query: str = "") -> Answer:
    return by.browser.request("GET", "/api/staff/usage", query=query)


def test_a_call_is_counted_when_it_ends(site: Site, met: tuple[Attending, Attending]) -> None:
    """To the second at which it ended, not only to when the pages were last heard of."""
    talk(site, *met)
    site.clock.advance(timedelta(seconds=10))
    assert counted(site) == []
    met[1].hosts("end")

    assert counted(site) == of_appointments(1, 2 * 40)


def test_ending_it_twice_counts_once(site: Site, met: tuple[Attending, Attending]) -> None:
    """With the same key, with another, and by the sweep."""
    talk(site, *met)
    key = fresh_key()
    for again in (key, key, fresh_key()):
        met[1].hosts("end", key=again)
    site.reap()
    site.clock.advance(LATER)
    site.reap()

    assert counted(site) == of_appointments(1, 2 * 30)


def test_nobody_pays_for_waiting_alone(site: Site, client: Attending, counselor: Attending) -> None:
    """The time in which Chime was not asked for a call does not count."""
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client)
    counselor.joins()
    talk(site, counselor)
    connected(client, counselor)
    talk(site, client, counselor)
    counselor.hosts("end")

    assert counted(site) == of_appointments(1, 2 * 30)


def test_in_writing_costs_nothing(site: Site, client: Attending, counselor: Attending) -> None:
    """And is no call."""
    client.arrives("text")
    counselor.arrives("text")
    counselor.lets_in(client)
    for one in (counselor, client):
        one.joins("text")
    site.clock.advance(A_WHILE)
    counselor.hosts("end")

    assert counted(site) == []


def test_a_call_that_was_hung_up_and_made_anew_is_one(site: Site, met: tuple[Attending, Attending]) -> None:
    """It is one meeting, and its time is that of both calls."""
    talk(site, *met)
    for one in met:
        one.leaves()
    site.clock.advance(A_WHILE)
    for one in met:
        one.arrives()
    connected(*met)
    talk(site, *met)
    met[1].hosts("end")

    assert site.chime.made.count("CreateMeeting") == 2
    assert counted(site) == of_appointments(1, 2 * 60)


def test_calls_whose_people_vanished_count_until_they_were_last_heard_of(
    site: Site, met: tuple[Attending, Attending]
) -> None:
    """Hung up by one sweep, over with another."""
    talk(site, *met)
    site.clock.advance(EMPTY_FOR)
    assert site.reap() == 1
    assert counted(site) == []
    site.clock.advance(LATER)
    assert site.reap() == 1

    assert counted(site) == of_appointments(1, 2 * 30)


def test_direct_calls_are_counted_and_cost_nothing(
    site: Site, ada: StaffMember, client: Attending, counselor: Attending
) -> None:
    """So that an admin sees how much is carried by what."""
    site.carried_by = PEER
    site.start()
    for one in (client, counselor):
        one.who.browser.gateway = site.gateway
        one.arrives()
    counselor.lets_in(client)
    connected(client, counselor)
    talk(site, client, counselor)
    counselor.hosts("end")

    assert counted(site) == of_appointments(1, 2 * 30, PEER)
    assert usage(ada)["cost_micros"] == 0


def test_admins_see_a_month(site: Site, ada: StaffMember, met: tuple[Attending, Attending]) -> None:
    """With the calls that are going on, what they cost, and what the month will come to."""
    spend(site, 10, site.clock())
    for _ in range(4):
        talk(site, *met)
    seen = usage(ada)

    assert (seen["month"], seen["this_month"], seen["going_on"]) == ("2027-03", "2027-03", 1)
    assert seen["tallies"] == [
        {"kind": "appointment", "provider": "chime", "meetings": 1, "minutes": 4, "cost_micros": 6_800},
        {"kind": "circle", "provider": "chime", "meetings": 1, "minutes": 5_882, "cost_micros": 10_000_023},
    ]
    assert seen["cost_micros"] == 10_006_823
    assert seen["forecast"] == {"cost_micros": 10_006_823, "basis": "last_month"}
    assert (seen["ceiling_usd"], seen["standing"]) == (50, "usual")
    assert seen["usual"] == {"appointment": "chime", "circle": "chime"}
    assert seen["typical"] == {"minutes": 50, "chime_micros": 170_000, "peer_micros": 0, "mixed_micros": 170_000}
    assert seen["price"]["minute_micros"] == 1_700


def test_a_call_that_ended_is_not_going_on(site: Site, ada: StaffMember, met: tuple[Attending, Attending]) -> None:
    """Nothing counts twice, also before the sweep has looked."""
    for _ in range(2):
        talk(site, *met)
    before = usage(ada)["tallies"]
    met[1].hosts("end")

    assert usage(ada)["tallies"] == before
    assert usage(ada)["going_on"] == 0


def test_the_forecast_is_of_this_months_pace_or_last_months_cost(
    site: Site, ada: StaffMember, clock: VirtualClock
) -> None:
    """At the beginning of a month one busy day would say too much."""
    spend(site, 31, clock())
    clock.now = clock.now.replace(day=16, hour=12)
    assert usage(ada)["forecast"] == {"cost_micros": 62_000_020, "basis": "so_far"}

    clock.now = clock.now.replace(month=4, day=2)
    assert staff_sign_in(ada.browser, ada.email, ada.password).status == 200
    assert usage(ada)["forecast"] == {"cost_micros": 31_000_010, "basis": "last_month"}
    earlier = usage(ada, "2027-03")
    assert (earlier["cost_micros"], earlier["forecast"], earlier["standing"]) == (31_000_010, None, None)


def test_nobody_but_admins_sees_what_calls_cost(tom: StaffMember, maya: StaffMember, alice: Client) -> None:
    """It is no concern of anybody else's."""
    assert (asked(tom).code, asked(maya).code) == ("not_allowed", "not_allowed")
    assert alice.browser.get("/api/staff/usage").status in {401, 403}


@pytest.mark.parametrize("month", ["2027-13", "2027-3", "march", "2027-03-01", "2027-04", "1999-12"])
def test_what_is_no_month_that_has_begun_is_refused(site: Site, ada: StaffMember, month: str) -> None:
    """In words, with the field."""
    refused = asked(ada, f"month={month}")

    assert (refused.status, refused.code, refused.field) == (422, "invalid", "query.month"), refused.text


def test_from_four_fifths_of_the_ceiling_new_calls_of_two_go_directly(
    site: Site, ada: StaffMember, alice: Client, tom: StaffMember, met: tuple[Attending, Attending]
) -> None:
    """Both are told why; a call that has begun goes on as it is."""
    spend(site, 40, site.clock())
    talk(site, *met)
    assert {one.joins()["call"]["provider"] for one in met} == {"chime"}
    assert met[0].looks()["because"] is None
    met[1].hosts("end")
    assert usage(ada)["standing"] == "direct"

    client, counselor = connected(*five_to(site, alice, tom, NINE + DAY))
    for one in (client, counselor):
        assert one.joins()["call"]["provider"] == "peer"
        assert (one.looks()["provider"], one.looks()["because"]) == ("peer", "ceiling")
    assert site.chime.made.count("CreateMeeting") == 1


def test_whoever_comes_by_phone_is_not_shut_out_by_the_ceiling(
    site: Site, client: Attending, counselor: Attending
) -> None:
    """Also when the counselor waits in a direct call already: a phone reaches no browser."""
    spend(site, 60, site.clock())
    counselor.arrives()
    assert counselor.joins()["call"]["provider"] == "peer"
    client.arrives("phone")
    counselor.lets_in(client)

    assert client.joins("phone")["call"]["provider"] == "chime"
    assert counselor.joins()["call"]["provider"] == "chime"
    assert counselor.looks()["because"] is None


def test_who_have_met_directly_are_not_parted_by_a_phone(
    site: Site, alice: Client, tom: StaffMember, client: Attending, counselor: Attending
) -> None:
    """They talk already, and go on."""
    spend(site, 60, site.clock())
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client)
    connected(client, counselor)

    assert client.joins("phone")["call"]["provider"] == "peer"


def test_calls_that_are_going_on_count_towards_the_ceiling(
    site: Site, ben: Client, alice: Client, tom: StaffMember, met: tuple[Attending, Attending]
) -> None:
    """Or a dozen of them at the same time would go far above it."""
    spend(site, 39.998, site.clock())
    choose = site.member_app.meetings.spending.choose
    assert choose(MeetingKind.APPOINTMENT, {Mode.VIDEO}, site.clock()).provider is CHIME
    for _ in range(2):
        talk(site, *met)

    assert choose(MeetingKind.APPOINTMENT, {Mode.VIDEO}, site.clock()).provider is PEER


def test_at_the_ceiling_new_circles_meet_in_writing(site: Site, ada: StaffMember, clock: VirtualClock) -> None:
    """Until the month is over."""
    choose = site.staff_app.meetings.spending.choose
    spend(site, 49, clock())
    assert choose(MeetingKind.CIRCLE, {Mode.VIDEO}, clock()) == Choice(CHIME)
    spend(site, 1, clock())
    with pytest.raises(HeldInWriting):
        choose(MeetingKind.CIRCLE, {Mode.VIDEO}, clock())
    assert usage(ada)["standing"] == "in_writing"

    clock.now = clock.now.replace(month=4)
    assert choose(MeetingKind.CIRCLE, {Mode.VIDEO}, clock()) == Choice(CHIME)


def test_without_a_ceiling_nothing_is_ever_moved(site: Site, ada: StaffMember, clock: VirtualClock) -> None:
    """And nothing is read to find that out."""
    site.ceiling_usd = None
    site.start()
    spend(site, 5_000, clock())
    with site.crashes.at("Query", "before") as read:
        for kind in MeetingKind:
            assert site.member_app.meetings.spending.choose(kind, {Mode.VIDEO}, clock()) == Choice(CHIME)

    assert not read.reached
    ada.browser.gateway = site.gateway
    assert (usage(ada)["ceiling_usd"], usage(ada)["standing"]) == (None, "usual")


def test_keeping_a_seat_in_a_call_that_has_begun_reads_no_counter(site: Site, met: tuple[Attending, Attending]) -> None:
    """It happens every quarter of a minute."""
    site.crashes.calls.clear()
    met[0].joins()
    with_join = site.crashes.calls.count("Query")
    site.crashes.calls.clear()
    met[0].keeps()

    assert with_join == site.crashes.calls.count("Query")


def test_who_waits_learns_nothing_of_the_budget(site: Site, client: Attending) -> None:
    """Nobody chooses for a call that they are not let into."""
    spend(site, 60, site.clock())
    client.arrives()

    assert client.keeps(join=True).code == "not_admitted"
    assert client.looks()["because"] is None


def test_the_lease_is_what_a_silent_page_counts_at_most(site: Site, met: tuple[Attending, Attending]) -> None:
    """It may have been asleep, or its call may have gone on: nobody can tell."""
    site.clock.advance(10 * LEASE)
    for one in met:
        one.keeps()
    met[1].hosts("end")

    [tally] = counted(site)
    assert tally.seconds <= 2 * LEASE.total_seconds()
