"""Appointments that can be come to right now, made through the site's API before the browsers come in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from local.visitor import Visitor
from tests.e2e.cast import Cast, Colleague, Member

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Near:
    """An appointment that begins within a quarter of an hour: its waiting room is open."""

    id: str
    member: Member
    host: Colleague

    @property
    def for_client(self) -> str:
        """Where the client goes."""
        return f"/appointments/{self.id}/meet"

    @property
    def for_host(self) -> str:
        """Where the counselor goes."""
        return f"/staff/appointments/{self.id}/meet"


def open_now(cast: Cast, member: Member, visitor: Visitor, mode: str = "video", name: str = "Tom Abara") -> Near:
    """One of `member`'s, who is `visitor`, with a new counselor."""
    now = datetime.now(UTC)
    start = datetime.min.replace(tzinfo=UTC) + ((now - datetime.min.replace(tzinfo=UTC)) // QUARTER + 1) * QUARTER
    # Where it is about noon just now: an hour that is open does not go past midnight there.
    ahead = 12 - start.hour if start.hour > 0 else 12
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "UTC"
    local = start + timedelta(hours=ahead)
    opened = {"weekday": local.isoweekday(), "start": f"{local:%H:%M}", "end": f"{local + timedelta(hours=1):%H:%M}"}
    host = cast.counselor(name, zone, weekly=[opened], notice_hours=0)
    wish = {"counselor_id": host.id, "start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "mode": mode, "zone": "Europe/London"}
    return Near(str(visitor.must("POST", "/api/appointments", wish)["id"]), member, host)
