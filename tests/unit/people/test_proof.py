import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.errors import Conflict, Invalid
from shared.people.daily import DailySecrets
from shared.people.proof import MAX_NUMBER, Challenge, ChallengeFailed, Challenges
from tests.support.clock import NOON

HANDLES = ["quiet-otter-482", "calm-finch-107"]


class NoTable:
    """Holds no secret but those a test has put into memory."""

    def get(self, _pk: str, _sk: str) -> None:
        return None


def challenges() -> Challenges:
    table: Any = NoTable()
    return Challenges(DailySecrets(table, {NOON.date(): b"secret of the day"}))


def solved(challenge: Challenge) -> int:
    def hashed(number: int) -> str:
        return hashlib.sha256(f"{challenge.salt}{number}".encode()).hexdigest()

    return next(number for number in range(MAX_NUMBER + 1) if hashed(number) == challenge.target)


def test_the_solution_of_a_fresh_challenge_is_accepted_for_each_handle_offered() -> None:
    challenge = challenges().set(HANDLES, NOON)

    assert challenge.handles == tuple(HANDLES)
    for handle in HANDLES:
        challenges().check(challenge, solved(challenge), handle, NOON + timedelta(minutes=29))


def test_another_number_is_refused() -> None:
    challenge = challenges().set(HANDLES, NOON)

    with pytest.raises(ChallengeFailed) as refused:
        challenges().check(challenge, solved(challenge) + 1, HANDLES[0], NOON)
    assert refused.value.field == "body.number"


def test_a_handle_that_was_not_offered_is_refused() -> None:
    challenge = challenges().set(HANDLES, NOON)

    with pytest.raises(Invalid) as refused:
        challenges().check(challenge, solved(challenge), "wild-lynx-999", NOON)
    assert refused.value.field == "body.handle"


def test_after_half_an_hour_it_is_too_old() -> None:
    challenge = challenges().set(HANDLES, NOON)

    with pytest.raises(ChallengeFailed):
        challenges().check(challenge, solved(challenge), HANDLES[0], NOON + timedelta(minutes=30))


FORGERIES: list[Callable[[Challenge], Challenge]] = [
    lambda genuine: replace(genuine, signature="0" * 64),
    lambda genuine: replace(genuine, signature=""),
    lambda genuine: replace(genuine, signature="é" * 64),
    lambda genuine: replace(genuine, target=hashlib.sha256(b"easy").hexdigest()),
    lambda genuine: replace(genuine, salt=genuine.salt.replace("otter", "badger")),
    lambda genuine: replace(genuine, salt=str(int(genuine.salt.split(".")[0]) + 60) + genuine.salt[10:]),
    lambda genuine: replace(genuine, salt=""),
    lambda genuine: replace(genuine, salt="soon.abc.quiet-otter-482"),
    lambda genuine: replace(genuine, salt="1"),
    lambda genuine: replace(genuine, salt="9" * 400 + ".abc.quiet-otter-482"),
    lambda genuine: replace(genuine, salt="-62135596800.abc.quiet-otter-482"),
    lambda genuine: replace(genuine, salt="253402300799.abc.quiet-otter-482"),
    lambda genuine: replace(genuine, salt="\ud800.abc.quiet-otter-482"),
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_challenge_that_is_not_ours_is_refused_whatever_it_holds(forge: Callable[[Challenge], Challenge]) -> None:
    genuine = challenges().set(HANDLES, NOON)

    with pytest.raises((ChallengeFailed, Conflict)):
        challenges().check(forge(genuine), solved(genuine), HANDLES[0], NOON)
