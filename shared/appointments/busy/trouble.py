"""Why a calendar could not be read, in words of the page."""

from enum import StrEnum


class Trouble(StrEnum):
    """What stood in the way, as far as a counselor can do something about it."""

    NOT_ALLOWED = "not_allowed"  # it leads, or leads on, to where no public calendar is
    GONE = "gone"  # its owner took it back, or it was mistyped
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    NOT_A_CALENDAR = "not_a_calendar"
    TOO_COMPLEX = "too_complex"


class CannotRead(Exception):  # noqa: N818 - it is told to the counselor, and tried again
    """The calendar could not be read this time."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble
