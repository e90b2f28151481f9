"""What a change of plans does to the days of somebody's calendar."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.cells import cells
from shared.appointments.store import day_changes

NIGHT = datetime(2027, 3, 1, 20, tzinfo=UTC)
stretches = st.builds(
    lambda at, length: (NIGHT + timedelta(minutes=at), NIGHT + timedelta(minutes=at + length)),
    st.integers(0, 600),
    st.integers(1, 300),
)


@given(stretches, stretches)
def test_after_a_move_exactly_the_new_time_is_taken(
    old: tuple[datetime, datetime], new: tuple[datetime, datetime]
) -> None:
    held = dict(cells(*old))
    for day, change in day_changes(old, new, unlist=True).items():
        held[day] = (held.get(day, frozenset()) - change.free) | change.take

    assert {day: numbers for day, numbers in held.items() if numbers} == cells(*new)


@given(stretches, stretches)
def test_after_a_move_only_the_new_days_list_it(old: tuple[datetime, datetime], new: tuple[datetime, datetime]) -> None:
    changes = day_changes(old, new, unlist=True)

    assert {day for day, change in changes.items() if change.listed} == set(cells(*new))
    assert {day for day, change in changes.items() if change.listed is False} == set(cells(*old)) - set(cells(*new))


@given(stretches)
def test_what_is_called_off_frees_its_time_and_stays_on_its_days(old: tuple[datetime, datetime]) -> None:
    changes = day_changes(old, None, unlist=False)

    assert {day: frozenset(change.free) for day, change in changes.items()} == cells(*old)
    assert all(change.listed is None and not change.take for change in changes.values())
