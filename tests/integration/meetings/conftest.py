from datetime import timedelta

import pytest

from tests.support import practice
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.practice import NINE


@pytest.fixture
def appointment_id(alice: Client, tom: StaffMember, clock: VirtualClock) -> str:
    """Alice's appointment with Tom, by video, which begins in five minutes."""
    practice.opens(tom)
    booked = practice.book(alice, tom)
    clock.now = NINE - timedelta(minutes=5)
    return str(booked["id"])


@pytest.fixture
def client(alice: Client, appointment_id: str) -> Attending:
    """Alice, at her phone."""
    return Attending(alice, appointment_id)


@pytest.fixture
def counselor(tom: StaffMember, appointment_id: str) -> Attending:
    """Tom, at his desk."""
    return Attending(tom, appointment_id)
