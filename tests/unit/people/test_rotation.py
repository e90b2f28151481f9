"""When a refresh cookie is good, for how long after it was renewed, and when it gives a thief away."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.people.model import GRACE, SIGNED_IN_FOR, SignIn
from tests.support.clock import NOON

FRESH = SignIn("s1", frozenset({"first"}), frozenset(), NOON, NOON + SIGNED_IN_FOR)
LATER = NOON + timedelta(hours=1)


def test_a_renewed_cookie_replaces_the_one_before() -> None:
    renewed = FRESH.rotated("first", "second", LATER)

    assert renewed
    assert renewed.current == {"second"}
    assert renewed.previous == {"first"}
    assert renewed.rotated_at == LATER


def test_the_cookie_before_is_good_for_half_a_minute_and_no_longer() -> None:
    renewed = FRESH.rotated("first", "second", LATER)

    assert renewed
    assert renewed.rotated("first", "third", LATER + GRACE - timedelta(seconds=1))
    assert renewed.rotated("first", "third", LATER + GRACE) is None


def test_two_tabs_that_renew_at_once_both_go_on() -> None:
    one = FRESH.rotated("first", "of tab one", LATER)
    assert one
    both = one.rotated("first", "of tab two", LATER + timedelta(seconds=1))
    assert both

    for cookie in ("of tab one", "of tab two"):
        assert both.rotated(cookie, "next", LATER + timedelta(hours=1))


def test_a_repeat_in_its_grace_does_not_lengthen_it() -> None:
    one = FRESH.rotated("first", "second", LATER)
    assert one
    again = one.rotated("first", "third", LATER + GRACE - timedelta(seconds=1))
    assert again

    assert again.rotated("first", "fourth", LATER + GRACE + timedelta(seconds=1)) is None


def test_after_thirty_days_without_a_refresh_nothing_is_good() -> None:
    assert FRESH.rotated("first", "second", NOON + SIGNED_IN_FOR - timedelta(seconds=1))
    assert FRESH.rotated("first", "second", NOON + SIGNED_IN_FOR) is None


@given(st.text().filter(lambda text: text not in {"first", "second"}))
def test_what_was_never_a_cookie_of_this_sign_in_is_not_good(presented: str) -> None:
    renewed = FRESH.rotated("first", "second", NOON)

    assert renewed
    assert renewed.rotated(presented, "third", NOON) is None
