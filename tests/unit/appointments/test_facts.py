"""What happened, told from two images."""

import pytest

from shared.appointments.facts import fact_of
from shared.appointments.model import AppointmentStatus
from shared.clock import instant_text
from tests.unit.appointments.appointment import BOOKED_AT, CLIENT, COUNSELOR, appointment


def image(version: int = 1, status: str = "booked", sk: str = "APPOINTMENT") -> dict[str, object]:
    """An item as the stream shows it."""
    kept = appointment(version=version, status=AppointmentStatus(status))
    instants = {name: instant_text(getattr(kept, name)) for name in ("start", "end", "booked_at", "changed_at")}
    return {"pk": f"APPOINTMENT#{kept.id}", "sk": sk, **kept.__dict__, **instants}


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (None, image(), "AppointmentBooked"),
        (image(1), image(2), "AppointmentMoved"),
        (image(1), image(2, "cancelled"), "AppointmentCancelled"),
        (image(1), image(2, "noshow"), "AppointmentMissed"),
        (image(1), image(2, "arrived"), "ClientArrived"),
        (image(1), image(2, "fulfilled"), "AppointmentFulfilled"),
    ],
)
def test_each_change_is_a_fact_in_the_past_tense(before: object, after: object, name: str) -> None:
    fact = fact_of(before, after)  # type: ignore[arg-type]

    assert fact is not None
    assert (fact.name, fact.client_id, fact.by, fact.at) == (name, CLIENT, CLIENT, BOOKED_AT)
    assert (fact.appointment_id, fact.version) == ("a" * 32, after["version"])  # type: ignore[index]


def test_that_somebody_is_late_is_a_fact_without_a_new_version() -> None:
    said = {"minutes": 10, "said_at": instant_text(BOOKED_AT)}
    fact = fact_of(image(3), image(3) | {"counselor_delay": said})

    assert fact is not None
    assert (fact.name, fact.by, fact.at, fact.version) == ("DelayTold", COUNSELOR, BOOKED_AT, 3)
    assert fact_of(image(3) | {"counselor_delay": said}, image(3) | {"counselor_delay": said}) is None


def test_what_is_no_appointment_no_change_or_gone_is_no_fact() -> None:
    assert fact_of(None, {"pk": "CALENDAR#x", "sk": "DAY#2027-03-08", "c36": "aaaaaaaa"}) is None
    assert fact_of(image(1), image(1)) is None
    assert fact_of(image(1), None) is None
