import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.people.codes import COUNT, code_digest, make_codes
from shared.people.daily import DailySecrets
from tests.support.clock import NOON

TODAY = NOON.date()


def daily(secret: bytes = b"secret of the day") -> DailySecrets:
    no_table: Any = None
    return DailySecrets(no_table, {TODAY: secret, TODAY - timedelta(days=1): b"another"})


PASSWORD = "violet teapots hum quietly"


def codes(intent: str = "intent", password: str = PASSWORD) -> list[str]:
    return make_codes(daily(), intent, password, TODAY, NOON)


def test_eight_different_codes_without_letters_that_look_alike() -> None:
    made = codes()

    assert len(set(made)) == COUNT == 8
    assert all(re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}", code) for code in made)


def test_a_repeat_of_the_same_request_makes_the_same_codes() -> None:
    assert codes() == codes()


def test_another_intent_password_day_or_secret_makes_others() -> None:
    others = [
        codes(intent="other"),
        codes(password="nine lanterns over gravel"),
        make_codes(daily(), "intent", PASSWORD, TODAY - timedelta(days=1), NOON),
        make_codes(daily(b"of another site"), "intent", PASSWORD, TODAY, NOON),
    ]

    assert all(set(codes()).isdisjoint(other) for other in others)


@given(st.sampled_from(codes()), st.sampled_from([str.lower, str.title, lambda code: code.replace("-", " ")]))
def test_a_code_is_recognised_however_it_is_typed(code: str, typed: Any) -> None:
    assert code_digest(typed(code)) == code_digest(code)


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-2MXA-9TRB-HW4", "K7QF-2MXA-9TRB-HW4CC", "----------------"])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        code_digest(typed)
    assert refused.value.field == "body.recovery_code"
