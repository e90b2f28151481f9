"""Which numbers are called."""

import pytest

from shared.e164 import country_of, is_e164
from shared.meetings.dialling import NumberNotCalled, callable_number
from shared.meetings.phone import is_pin, new_pin, pin_digest


@pytest.mark.parametrize(
    ("written", "number", "country"),
    [
        ("+1 (206) 555-0100", "+12065550100", "US"),
        ("+1.604.555.0100", "+16045550100", "CA"),
        ("+44 20 7946 0000", "+442079460000", "GB"),
        ("+353 1 555 0100", "+35315550100", "IE"),
        ("+34 612 34 56 78", "+34612345678", "ES"),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, number: str, country: str) -> None:
    assert callable_number(written, frozenset({country})) == number
    assert country_of(number) == country
    with pytest.raises(NumberNotCalled):
        callable_number(written, frozenset({"AU"}))


@pytest.mark.parametrize("number", ["+18765550100", "+18095550100", "+12425550100", "+17875550100"])
def test_the_islands_behind_one_are_no_part_of_the_united_states(number: str) -> None:
    assert country_of(number) is None
    with pytest.raises(NumberNotCalled):
        callable_number(number, frozenset({"US", "CA"}))


@pytest.mark.parametrize("number", ["+19005550100", "+12069765010", "+449055550100", "+34803555010", "+3531550123456"])
def test_numbers_that_cost_extra_are_not_called(number: str) -> None:
    with pytest.raises(NumberNotCalled, match="number_not_called"):
        callable_number(number, frozenset({"US", "GB", "ES", "IE"}))


@pytest.mark.parametrize("text", ["", "+", "12065550100", "+0123456789", "+1206555010", "+120655501000", "+120655501x"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert not is_e164(text)


def test_codes_are_eight_random_digits_kept_as_digests() -> None:
    codes = {new_pin() for _ in range(200)}
    assert len(codes) > 195
    assert all(is_pin(code) for code in codes)
    assert not any(is_pin(text) for text in ("1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨", ""))
    assert pin_digest("01234567") == pin_digest("01234567") != pin_digest("01234568")
    assert len(pin_digest("01234567")) == 64
