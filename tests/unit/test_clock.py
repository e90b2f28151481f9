from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clock import epoch, instant_text, parse_instant, utc_now

_offsets = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda by: timezone(timedelta(minutes=by // timedelta(minutes=1)))
)
instants = st.datetimes(datetime(1970, 1, 3), datetime(2200, 1, 1), timezones=_offsets)  # noqa: DTZ001 - zones follow


@given(instants)
def test_an_instant_survives_being_written_and_read_to_the_second(instant: datetime) -> None:
    assert parse_instant(instant_text(instant)) == instant.replace(microsecond=0)


@given(instants, instants)
def test_written_instants_sort_as_time_does(one: datetime, other: datetime) -> None:
    assert (instant_text(one) < instant_text(other)) == (epoch(one) < epoch(other))


@pytest.mark.parametrize("text", ["2026-11-24T18:00:00", "2026-11-24", "yesterday", ""])
def test_an_instant_without_an_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no offset|Invalid isoformat"):
        parse_instant(text)


def test_the_present_is_aware_and_in_utc() -> None:
    assert utc_now().tzinfo is UTC
