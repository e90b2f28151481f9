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

GUIDELINES = """Speak of yourself, and let others be different.
Nobody has to answer, and nobody gives advice that was not asked for.
No names, addresses, phone numbers or links.
What is said here stays here. If somebody is in danger, we get help."""
NIGHT_OWLS: dict[str, Any] = {
    "name": "Night owls",
    "about": "For whoever lies awake. Say a little, say a lot, or only read.",
    "topics": ["sleep", "anxiety", "loneliness"],
    "language": "en",
    "tags": ["parents", "shift workers"],
    "audience": "adults",
    "entry": "open",
    "guidelines": GUIDELINES,
    "capacity": 50,
    "retention_days": 30,
    "slow_seconds": 0,
    "premoderate_first": 0,
    "newcomer_wait_minutes": 0,
}
AFTER_A_LOSS: dict[str, Any] = NIGHT_OWLS | {
    "name": "After a loss",
    "about": "A small circle for people who grieve. A facilitator reads what you write before the others do.",
    "topics": ["grief"],
    "tags": [],
    "entry": "request",
    "capacity": 12,
    "slow_seconds": 30,
}
TALK = (
    ("facilitator", "Good evening. I am Maya, and I am on duty tonight."),
    ("client", "Hello. It is my third night without sleep and I did not want to be alone with it."),
    ("facilitator", "I am glad you came. You can stay as long as you like, and you need not say more."),
)
TO_TOM = "Hello Tom. I would like to talk about my nights. Is writing all right for a start?"
