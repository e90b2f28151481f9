"""Time that passes when a test says so. Cognito's tokens carry the real time; only our own record follows this."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


class VirtualClock:
    """A `Clock`. It stands still at noon of a Monday until it is advanced."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Let so much time pass; what time it is then."""
        self.now += by
        return self.now
