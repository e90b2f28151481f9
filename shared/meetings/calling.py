"""What calls to AWS about a meeting's call come to when the service is busy or out of reach."""

from contextlib import AbstractContextManager

from shared import passing
from shared.meetings.refusals import CallBusy


def or_busy() -> AbstractContextManager[None]:
    """Raises CallBusy for what passes by itself, as `shared/passing.py` says. Everything else goes on as it is."""
    return passing.or_busy(CallBusy)
