"""Whatever the network does to frames: everybody in a room has everything that was said, once and in order."""

import pytest

from tests.bench.room.run import Load, Run, run

MEMBERS, MESSAGES = 12, 96


@pytest.fixture(scope="module")
def talked(dynamodb_address: str) -> Run:
    """Twelve members post as fast as they can while a fifth of the frames get lost and a socket ends."""
    return run(Load(members=MEMBERS, messages=MESSAGES, per_second=0, functions=2, seed=7), dynamodb_address)


def test_nobody_misses_anything_or_sees_it_twice_or_out_of_order(talked: Run) -> None:
    assert talked.faults() == []


def test_every_message_is_acknowledged_and_nobody_is_told_that_we_are_busy(talked: Run) -> None:
    assert talked.refused == {}
    assert len(talked.acknowledged) == len(talked.log) == MESSAGES


def test_the_network_was_bad_and_pages_had_to_ask(talked: Run) -> None:
    assert talked.dropped > MESSAGES
    assert talked.statuses[429] > 0
    assert talked.statuses[410] > 0
    assert sum(member.reconnects for member in talked.members) == 1
    assert all(member.pulls > 1 for member in talked.members)


def test_a_message_costs_four_write_units_however_often_it_is_sent(talked: Run) -> None:
    assert talked.writes == 4 * talked.transactions
    assert talked.transactions >= MESSAGES
