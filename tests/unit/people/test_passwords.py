import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.people.passwords import PasswordTooCommon, PasswordTooShort, check_password, is_common
from tests.support.service_model import COGNITO_PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "violet teapots hum quietly",
        "nur-kleine-wörter-heute",
        "ليلى تحب القهوة الباردة",
        "correct horse battery staple lamp",
        "🌙🌊🌲🦉🍂🪵🕯️🫖🧣📚🪴🌧️",
        "x7!kQ9-zzR2m",
    ],
)
def test_long_passwords_of_any_characters_are_accepted(password: str) -> None:
    check_password(password, "quiet-otter-482", "Lighthouse Counseling")


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x7!kQ9-zzR2"])
def test_fewer_than_twelve_characters_are_refused(password: str) -> None:
    with pytest.raises(PasswordTooShort) as refused:
        check_password(password)
    assert refused.value.field == "body.password"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PASSWORD1234",
        "qwertyuiop123",
        "iloveyou1234",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcdefghijkl",
        "lkjihgfedcba",
        "123456789012",
        "9876543210987",
    ],
)
def test_what_attackers_try_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_password(password)


@pytest.mark.parametrize("password", ["my quiet-otter-482 secret", "QUIET-OTTER-482 again", "lighthouse counseling 9x"])
def test_the_handle_and_the_organisation_do_not_belong_in_a_password(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_password(password, "quiet-otter-482", "Lighthouse Counseling")


def test_more_than_a_hundred_and_twenty_eight_characters_are_refused() -> None:
    check_password(("violet teapots hum quietly " * 10)[:127] + "!")
    with pytest.raises(Invalid, match="invalid"):
        check_password(("violet teapots hum quietly " * 10)[:128] + "!")


def test_the_refusal_names_the_field_it_was_told() -> None:
    with pytest.raises(PasswordTooShort) as refused:
        check_password("short", field="body.new_password")
    assert refused.value.field == "body.new_password"


@given(st.text(max_size=140))
@example(" a leading space is easy to miss")
@example("a trailing space is easy to miss ")
@example("two lines in\none password")
@example("two lines in\u2028one password")
def test_whatever_is_accepted_is_something_cognito_takes_too(password: str) -> None:
    try:
        check_password(password)
    except Invalid:
        return
    assert re.fullmatch(COGNITO_PASSWORD, password)


@given(st.text(alphabet=string.ascii_letters + string.digits + " -_!", min_size=24, max_size=60))
def test_hardly_any_long_random_password_is_refused(password: str) -> None:
    """The list has false positives (one in a hundred), twice asked: never for two variations of one password."""
    variations = [password, f"{password}7", f"q{password}"]
    assert not all(map(is_common, variations))
