"""Counselors' rules and the nights on which they are put to the test, as hypothesis draws them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from shared.appointments.availability import Availability, DayException, Hours
from tests.support.zones import ALL_ZONES, changes, changing_zones

_LATEST = datetime(2029, 1, 1, tzinfo=UTC)

zones = st.one_of(st.sampled_from(ALL_ZONES), st.deferred(lambda: st.sampled_from(changing_zones())))


@st.composite
def instants(draw: st.DrawFn, zone: str) -> datetime:
    """A whole minute in the days around a change of this zone's clocks, or in any day where they never change."""
    known = changes(zone)
    middle = draw(st.sampled_from(known)) if known else draw(_any_day())
    return middle + timedelta(minutes=draw(st.integers(-30 * 60, 30 * 60)))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    """From one minute of the day to a later one; mostly whole quarters, as people write them."""
    grain = draw(st.sampled_from([1, 15, 30, 60]))
    start = draw(st.integers(0, (24 * 60 - 1) // grain)) * grain
    end = draw(st.integers(start // grain + 1, 24 * 60 // grain)) * grain
    return start, end


@st.composite
def availabilities(draw: st.DrawFn, zone: str, around: date) -> Availability:
    """Rules as a counselor can send them, with exceptions on the days around `around`."""
    weekly = draw(st.lists(st.builds(lambda day, s: Hours(day, *s), st.integers(1, 7), stretches()), max_size=8))
    near = st.integers(-2, 2).map(lambda days: around + timedelta(days=days))
    exceptions = draw(
        st.lists(
            st.builds(lambda on, is_open, s: DayException(on, is_open, *s), near, st.booleans(), stretches()),
            max_size=4,
        )
    )
    return Availability(
        zone=zone,
        weekly=tuple(weekly),
        exceptions=tuple(exceptions),
        length=draw(st.integers(3, 36)) * 5,
        buffer=draw(st.integers(0, 12)) * 5,
        notice=draw(st.one_of(st.just(0), st.integers(0, 72))),
        horizon=draw(st.integers(1, 5)),
    )


def _any_day() -> st.SearchStrategy[datetime]:
    return st.integers(0, 700).map(lambda days: _LATEST - timedelta(days=days))
