"""Calls that Amazon Chime carries, as strictly as it does: made late, ended early, and told nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest

from shared.meetings.model import EMPTY_FOR, Provider
from shared.meetings.presence import LEASE
from tests.support.chime import TokenRefused
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.site import Site


@pytest.fixture
def site(site: Site) -> Site:
    """One whose calls go through Chime."""
    site.carried_by = Provider.CHIME
    site.start()
    return site


@pytest.fixture
def let_in(site: Site, client: Attending, counselor: Attending) -> tuple[Attending, Attending]:
    """Both are there, and neither is in the call."""
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client)
    return client, counselor


@pytest.fixture
def met(site: Site, let_in: tuple[Attending, Attending]) -> tuple[Attending, Attending]:
    """Both are in the call, and connected."""
    client, counselor = let_in
    counselor.joins()
    for one in (client, counselor):
        connects(site, one.joins())
    return client, counselor


def connects(site: Site, kept: dict[str, Any]) -> None:
    """What the browser does with what it is given."""
    site.chime.connect(kept["call"]["meeting"], kept["call"]["attendee"])


def test_nobody_pays_for_waiting(site: Site, let_in: tuple[Attending, Attending]) -> None:
    """Chime bills from the first who connects: it is asked when there is somebody to talk to."""
    client, counselor = let_in
    assert counselor.joins()["call"] is None
    assert site.chime.made == []

    assert client.joins()["call"]["provider"] == "chime"
    assert counselor.joins()["call"]["provider"] == "chime"
    assert site.chime.made.count("CreateMeeting") == 1


def test_chime_learns_random_ids_and_nothing_else(site: Site, met: tuple[Attending, Attending]) -> None:
    """No name, no handle, no id of a person or an appointment."""
    client, counselor = met
    said = json.dumps([asked for _, asked in site.chime.calls])

    for private in (client.who.id, counselor.who.id, client.appointment_id, "Tom", client.who.handle):  # type: ignore[union-attr]
        assert private not in said
    assert client.seat in said


def test_join_tokens_are_kept_nowhere(site: Site, met: tuple[Attending, Attending]) -> None:
    """Neither in a table nor in a remembered answer."""
    kept = json.dumps([site.items(name) for name in vars(site.tables).values()], default=str)

    for chime_meeting in site.chime.meetings.values():
        for attendee in chime_meeting.attendees.values():
            assert attendee.token not in kept


def test_the_end_ends_it_there_too(site: Site, met: tuple[Attending, Attending]) -> None:
    """No token works any more."""
    client, counselor = met
    kept = client.joins()
    assert counselor.hosts("end").status == 200

    with pytest.raises(TokenRefused):
        connects(site, kept)


def test_the_last_who_leaves_ends_it_there(site: Site, met: tuple[Attending, Attending]) -> None:
    """And whoever comes back with the other is given a new one."""
    client, counselor = met
    client.leaves()
    assert "DeleteMeeting" not in site.chime.made
    counselor.leaves()
    assert "DeleteMeeting" in site.chime.made

    for one in met:
        one.arrives()
        one.joins()
    connects(site, client.joins())
    assert len(site.chime.meetings) == 2


def test_a_meeting_that_chime_ended_is_made_anew(
    site: Site, let_in: tuple[Attending, Attending], clock: VirtualClock
) -> None:
    """Both were connected never, and it gave up; nobody has to know."""
    client, counselor = let_in
    counselor.joins()
    client.joins()
    for _ in range(13):
        clock.advance(LEASE * 0.6)
        assert [one.keeps().status for one in let_in] == [200, 200]

    connects(site, client.joins())
    connects(site, counselor.joins())
    assert len(site.chime.meetings) == 2


@pytest.mark.parametrize("trouble", ["ThrottlingException", "ServiceUnavailableException"])
def test_when_chime_is_out_of_order_nothing_is_lost(
    site: Site, let_in: tuple[Attending, Attending], trouble: str
) -> None:
    """The page says so and tries again."""
    client, counselor = let_in
    counselor.joins()
    site.chime.failing["CreateMeeting"] = [trouble]
    refused = client.keeps(join=True)

    assert (refused.status, refused.code) == (503, "call_busy")
    assert client.keeps().status == 200
    connects(site, client.joins())


def test_two_who_join_at_once_are_in_the_same_call(site: Site, let_in: tuple[Attending, Attending]) -> None:
    """Our answer to the first is lost between Chime and the table; Chime knows the same request again."""
    client, counselor = let_in
    counselor.joins()
    with site.crashes.at("TransactWriteItems", "before") as crash:
        client.keeps(join=True)
    assert crash.reached

    connects(site, client.joins())
    connects(site, counselor.joins())
    assert len(site.chime.meetings) == 1


def test_an_end_that_chime_did_not_hear_of_is_made_good_by_the_sweep(
    site: Site, met: tuple[Attending, Attending]
) -> None:
    """Whoever stayed connected would be billed."""
    client, counselor = met
    kept = client.joins()
    site.chime.failing["DeleteMeeting"] = ["ServiceUnavailableException"]
    assert counselor.hosts("end").status == 200
    connects(site, kept)

    assert site.reap() == 1
    with pytest.raises(TokenRefused):
        connects(site, kept)
    assert site.reap() == 0


def test_a_call_whose_people_vanished_is_ended_by_the_sweep(
    site: Site, met: tuple[Attending, Attending], clock: VirtualClock
) -> None:
    """They can come back to a new one while the appointment lasts; then it is over, and it was held."""
    client, _ = met
    kept = client.joins()
    clock.advance(EMPTY_FOR)
    assert site.reap() == 1
    with pytest.raises(TokenRefused):
        connects(site, kept)
    for one in met:
        one.arrives()
        one.joins()
    connects(site, client.joins())

    clock.advance(timedelta(hours=2))
    assert site.reap() == 1
    assert client.keeps().code == "meeting_ended"
    found = client.who.browser.get(f"/api/appointments/{client.appointment_id}").json
    assert found["status"] == "fulfilled"
    assert client.who.browser.get(f"/api/meetings/{client.meeting_id}").json["ended_because"] == "everyone_left"


def test_the_sweep_leaves_those_alone_who_are_there(
    site: Site, met: tuple[Attending, Attending], clock: VirtualClock
) -> None:
    """However long it takes."""
    for _ in range(20):
        clock.advance(LEASE * 0.5)
        assert [one.keeps().status for one in met] == [200, 200]
    assert site.reap() == 0
