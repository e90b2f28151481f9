"""How calendars are kept: what a condition on a cell really guards."""

from datetime import timedelta
from typing import Any

import pytest

from shared.appointments.refusals import SlotTaken
from shared.appointments.store import AppointmentStore, day_changes
from shared.tables import Table, commit
from tests.support.dynamodb_local import TableNames
from tests.unit.appointments.appointment import COUNSELOR, START

HOUR = timedelta(hours=1)


@pytest.fixture
def store(dynamodb: Any, tables: TableNames) -> AppointmentStore:
    return AppointmentStore(Table(dynamodb, tables.appointments))


def test_a_cell_is_never_shared_even_by_ids_that_begin_alike(store: AppointmentStore) -> None:
    taking = day_changes(None, (START, START + HOUR), unlist=True)
    one, other = "aaaaaaaa" + "1" * 24, "aaaaaaaa" + "2" * 24
    client = store.table.client
    commit(client, store.change_days(COUNSELOR, "appointments", one, taking, lambda _: SlotTaken()))

    with pytest.raises(SlotTaken):
        commit(client, store.change_days(COUNSELOR, "appointments", other, taking, lambda _: SlotTaken()))

    assert store.days(COUNSELOR, START.date(), START.date()).appointment_ids == {one}


def test_a_move_by_less_than_its_length_keeps_what_it_has_and_takes_the_rest(store: AppointmentStore) -> None:
    id_ = "a" * 32
    client = store.table.client
    steps: list[Any] = [
        (None, (START, START + HOUR)),
        ((START, START + HOUR), (START + HOUR / 2, START + 3 * HOUR / 2)),
        ((START + HOUR / 2, START + 3 * HOUR / 2), (START + HOUR / 2, START + 3 * HOUR / 2)),
    ]
    for free, take in steps:
        changes = day_changes(free, take, unlist=True)
        commit(client, store.change_days(COUNSELOR, "appointments", id_, changes, lambda _: SlotTaken()))

    assert store.days(COUNSELOR, START.date(), START.date()).taken == {START.date(): frozenset({38, 39, 40, 41})}
