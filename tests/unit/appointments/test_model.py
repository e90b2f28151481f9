"""How an appointment changes, and until when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.model import AppointmentStatus
from shared.appointments.refusals import NotStarted, TooLate
from shared.errors import ChangedMeanwhile, Invalid
from tests.unit.appointments.appointment import BOOKED_AT, CLIENT, COUNSELOR, START, appointment

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_a_client_can_change_it_until_the_notice_that_was_agreed() -> None:
    booked = appointment()

    assert booked.change_until == START - 24 * HOUR
    assert booked.can_change(START - 24 * HOUR - SECOND)
    assert not booked.can_change(START - 24 * HOUR)


def test_a_client_always_has_an_hour_to_think_again() -> None:
    booked = appointment(booked_at=START - 3 * HOUR)

    assert booked.change_until == START - 2 * HOUR
    booked.cancelled(CLIENT, "", 1, START - 2 * HOUR - SECOND)
    with pytest.raises(TooLate) as late:
        booked.cancelled(CLIENT, "", 1, START - 2 * HOUR)
    assert late.value.extra == {"change_until": "2027-03-08T07:00:00Z"}


def test_the_hour_to_think_again_ends_when_it_starts() -> None:
    assert appointment(booked_at=START - HOUR / 2).change_until == START


@given(st.integers(0, 336), st.integers(0, 400))
def test_the_deadline_is_never_after_the_start_and_never_takes_the_hour_away(notice: int, hours_ahead: int) -> None:
    booked = appointment(booked_at=START - hours_ahead * HOUR, change_notice=notice)

    assert booked.change_until <= START
    assert booked.change_until >= min(booked.booked_at + HOUR, START)
    assert booked.change_until >= START - notice * HOUR


def test_moving_keeps_the_length_and_says_who_and_when() -> None:
    to = START + 30 * HOUR
    moved = appointment().moved(to, CLIENT, 1, BOOKED_AT + HOUR)

    assert moved == appointment(start=to, version=2, changed_by=CLIENT, changed_at=BOOKED_AT + HOUR)


def test_it_is_known_who_called_it_off() -> None:
    by_client = appointment().cancelled(CLIENT, "", 1, BOOKED_AT)
    by_counselor = appointment().cancelled(COUNSELOR, "I am ill", 1, START)

    assert (by_client.status, by_client.cancelled_by) == (AppointmentStatus.CANCELLED, "client")
    assert (by_counselor.cancelled_by, by_counselor.cancel_reason) == ("counselor", "I am ill")
    assert by_counselor.version == 2


def test_a_counselor_can_call_it_off_until_it_is_over() -> None:
    appointment().cancelled(COUNSELOR, "-", 1, START + 50 * HOUR / 60 - SECOND)
    with pytest.raises(TooLate):
        appointment().cancelled(COUNSELOR, "-", 1, START + 50 * HOUR / 60)


def test_nobody_missed_what_has_not_begun() -> None:
    with pytest.raises(NotStarted):
        appointment().missed(COUNSELOR, 1, START - SECOND)

    missed = appointment().missed(COUNSELOR, 1, START)
    assert (missed.status, missed.version, missed.changed_by) == (AppointmentStatus.NOSHOW, 2, COUNSELOR)


CALLED_OFF = 2
"""By the counselor, also when the client has come: something may keep them from letting anybody in."""


def _ways(now: datetime, version: int) -> list[object]:
    return [
        lambda a: a.moved(START + HOUR, CLIENT, version, now),
        lambda a: a.cancelled(CLIENT, "", version, now),
        lambda a: a.cancelled(COUNSELOR, "-", version, now),
        lambda a: a.missed(COUNSELOR, version, START),
    ]


@pytest.mark.parametrize("way", range(4))
@pytest.mark.parametrize("status", [status for status in AppointmentStatus if status is not AppointmentStatus.BOOKED])
def test_only_what_is_booked_changes(status: AppointmentStatus, way: int) -> None:
    change = _ways(BOOKED_AT, 1)[way]
    if (status, way) == (AppointmentStatus.ARRIVED, CALLED_OFF):
        assert change(appointment(status=status)).status is AppointmentStatus.CANCELLED  # type: ignore[operator]
        return
    with pytest.raises(ChangedMeanwhile):
        change(appointment(status=status))  # type: ignore[operator]


@pytest.mark.parametrize("way", range(4))
def test_who_has_seen_an_older_version_looks_again(way: int) -> None:
    change = _ways(BOOKED_AT, 1)[way]
    with pytest.raises(ChangedMeanwhile):
        change(appointment(version=2))  # type: ignore[operator]


@pytest.mark.parametrize("way", range(4))
def test_nobody_has_seen_a_version_to_come(way: int) -> None:
    change = _ways(BOOKED_AT, 3)[way]
    with pytest.raises(Invalid) as refused:
        change(appointment(version=2))  # type: ignore[operator]
    assert refused.value.field == "body.version"


def test_it_is_ahead_until_its_end_unless_called_off_or_missed() -> None:
    booked = appointment()

    assert booked.is_ahead(booked.end - SECOND)
    assert not booked.is_ahead(booked.end)
    assert replace(booked, status=AppointmentStatus.ARRIVED).is_ahead(START)
    for status in (AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.FULFILLED):
        assert not replace(booked, status=status).is_ahead(BOOKED_AT)


def test_the_counselor_is_taken_for_the_buffer_too() -> None:
    assert appointment().occupied_until == START + HOUR


def test_a_client_who_comes_makes_it_arrived_once() -> None:
    came = appointment().arrived(START)
    assert (came.status, came.version, came.changed_by) == (AppointmentStatus.ARRIVED, 2, CLIENT)
    assert came.arrived(START + HOUR) is came


@pytest.mark.parametrize("status", [AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED])
def test_two_who_have_met_make_it_fulfilled(status: AppointmentStatus) -> None:
    met = appointment(status=status).fulfilled(COUNSELOR, START + HOUR)
    assert (met.status, met.changed_by, met.changed_at) == (AppointmentStatus.FULFILLED, COUNSELOR, START + HOUR)


@pytest.mark.parametrize("status", [AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.FULFILLED])
def test_what_is_over_stays_what_it_was(status: AppointmentStatus) -> None:
    over = appointment(status=status)
    assert over.arrived(START) is over
    assert over.fulfilled(COUNSELOR, START) is over
