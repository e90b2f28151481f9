"""Numbers that are called: in a country the organisation allows, and never those that cost the caller extra. Pure."""

from shared.e164 import as_written, costs_extra, country_of, is_e164
from shared.errors import Invalid


class NumberNotCalled(Invalid):
    """It is no number that can be called from here."""

    code = "number_not_called"
    title = "This number can't be called from here"


def callable_number(text: str, allowed: frozenset[str]) -> str:
    """The number in E.164, without the spaces, dots, dashes and brackets people write.

    Raises NumberNotCalled when it is none, costs extra, or is in a country that is not `allowed`.
    """
    number = as_written(text)
    if not is_e164(number):
        raise NumberNotCalled("Please write it with its country code, such as +1 206 555 0100.", field="body.number")
    if country_of(number) not in allowed:
        raise NumberNotCalled("Calls to this country are not possible.", field="body.number")
    if costs_extra(number):
        raise NumberNotCalled("Numbers that cost extra are not called.", field="body.number")
    return number
