"""Frames to big rooms travel in shards: nobody is left out, nobody is in two, and each fits into a message."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rooms.shards import LARGEST_FRAME, LONGEST_ID, SIZE, Shard, pack, split, unpack

ids = st.text(min_size=1, max_size=LONGEST_ID)


@given(st.lists(ids, max_size=30), st.integers(1, 12))
def test_everyone_is_in_one_shard_and_none_is_larger_than_wanted(everyone: list[str], size: int) -> None:
    shards = split(everyone, size)

    assert [id_ for shard in shards for id_ in shard] == everyone
    assert len(shards) == -(-len(everyone) // size)
    assert all(0 < len(shard) <= size for shard in shards)


@given(st.binary(max_size=300), st.lists(ids, max_size=20))
def test_what_is_packed_is_unpacked(frame: bytes, to: list[str]) -> None:
    assert unpack(pack(Shard(frame, tuple(to)))) == Shard(frame, tuple(to))


def test_the_largest_shard_fits_into_a_message_of_sqs() -> None:
    for id_ in ("x" * LONGEST_ID, "\x7f" * LONGEST_ID):
        assert len(pack(Shard(b"\xff" * LARGEST_FRAME, (id_,) * SIZE)).encode()) < 256 * 1024


@pytest.mark.parametrize(
    "shard",
    [
        Shard(b"x" * (LARGEST_FRAME + 1), ("a",)),
        Shard(b"x", ("a",) * (SIZE + 1)),
        Shard(b"x", ("a", "b" * (LONGEST_ID + 1))),
    ],
)
def test_what_is_too_large_is_not_packed(shard: Shard) -> None:
    with pytest.raises(ValueError, match="too large"):
        pack(shard)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"frame": "eA=="}',
        '{"frame": "secret, not base64", "to": ["a"]}',
        '{"frame": "é", "to": ["a"]}',
        '{"frame": 7, "to": ["a"]}',
        '{"frame": "eA==", "to": "a"}',
        '{"frame": "eA==", "to": [7]}',
        '{"frame": "eA==", "to": [""]}',
        '{"frame": "eA==", "to": {"a": 1}}',
    ],
)
def test_what_is_no_shard_is_refused_without_being_quoted(message: str) -> None:
    with pytest.raises(ValueError, match=r"^not a shard$"):
        unpack(message)


def test_the_format_is_the_one_that_waits_in_queues_during_a_deployment() -> None:
    assert json.loads(pack(Shard(b"x", ("a", "b")))) == {"frame": "eA==", "to": ["a", "b"]}
    assert unpack('{"to": ["a", "b"], "frame": "eA==", "later": 1}') == Shard(b"x", ("a", "b"))
