"""The people of the demonstration. Their addresses are of example.org, which belongs to nobody."""

from typing import Any, NamedTuple

PASSWORD = "seven quiet lanterns"  # noqa: S105 - printed for everyone who starts the demonstration
ONE_TIME_PASSWORD = "only for the first evening"  # noqa: S105 - replaced before anyone could use it


class Colleague(NamedTuple):
    """Somebody on the staff."""

    name: str
    email: str
    roles: tuple[str, ...]
    does: str


ADA = Colleague("Ada Lindqvist", "ada@example.org", ("admin",), "runs the site")
TOM = Colleague("Tom Abara", "tom@example.org", ("counselor",), "counselor, with open hours")
MAYA = Colleague("Maya Haddad", "maya@example.org", ("facilitator",), "runs group rooms")
INVITED = (TOM, MAYA)

TOMS_ZONE = "Europe/London"
TOMS_PROFILE: dict[str, Any] = {
    "name": TOM.name,
    "about": "I listen first. We can talk about what weighs on you at your own pace, in English or Spanish.",
    "languages": ["en", "es"],
    "topics": ["anxiety", "grief", "loneliness", "stress"],
    "modes": ["video", "audio", "phone", "text"],
    "published": True,
}
TOMS_HOURS: dict[str, Any] = {
    "zone": TOMS_ZONE,
    "weekly": [
        {"weekday": weekday, "start": start, "end": end}
        for weekday in range(1, 8)
        for start, end in (("09:00", "12:30"), ("13:30", "20:00"))
    ],
    "exceptions": [],
    "length_minutes": 50,
    "buffer_minutes": 10,
    "notice_hours": 2,
    "horizon_days": 60,
    "change_notice_hours": 12,
}
