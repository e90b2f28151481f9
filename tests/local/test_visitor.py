"""The proof of work at the door, done as a page does it."""

import hashlib

import pytest

from local.progress import Failed
from local.visitor import solve


def test_the_number_behind_a_challenge_is_found() -> None:
    target = hashlib.sha256(b"salt4711").hexdigest()
    assert solve("salt", target, 60_000) == 4711


def test_a_challenge_without_an_answer_is_given_up() -> None:
    with pytest.raises(Failed, match="no solution"):
        solve("salt", "0" * 64, 100)
