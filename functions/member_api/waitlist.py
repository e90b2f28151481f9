"""Routes: waiting for a time to come free."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Language, Zone
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.appointments.model import Mode
from shared.appointments.slots import PartOfDay
from shared.appointments.wish import Wanted, Wish
from shared.errors import ChangedMeanwhile, NotFound
from shared.ids import ID_PATTERN

CounselorId = Annotated[str, Field(pattern=ID_PATTERN)]
Weekday = Annotated[int, Field(ge=1, le=7)]


class WishInput(Input):
    """Which times would do; an empty list means any. Weekdays are ISO, and read in `zone` as the parts of day are."""

    modes: Annotated[list[Mode], Field(min_length=1, max_length=4)]
    zone: Zone
    counselors: Annotated[list[CounselorId], Field(default_factory=list, max_length=20)]
    languages: Annotated[list[Language], Field(default_factory=list, max_length=20)]
    parts: Annotated[list[PartOfDay], Field(default_factory=list, max_length=4)]
    weekdays: Annotated[list[Weekday], Field(default_factory=list, max_length=7)]

    def wanted(self) -> Wanted:
        """What is wanted."""
        return Wanted(
            frozenset(self.modes),
            self.zone,
            frozenset(self.counselors),
            frozenset(self.languages),
            frozenset(self.parts),
            frozenset(self.weekdays),
        )


class WishView(View):
    """What the caller waits for. It ends by itself at `until`."""

    modes: list[Mode]
    zone: str
    counselors: list[str]
    languages: list[str]
    parts: list[PartOfDay]
    weekdays: list[int]
    since: datetime
    until: datetime

    @classmethod
    def of(cls, wish: Wish) -> "WishView":
        """The wish. Not the place in line: that others came first helps nobody."""
        wanted = wish.wanted
        return cls(
            modes=sorted(wanted.modes),
            zone=wanted.zone,
            counselors=sorted(wanted.counselors),
            languages=sorted(wanted.languages),
            parts=[part for part in PartOfDay if part in wanted.parts],
            weekdays=sorted(wanted.weekdays),
            since=wish.since,
            until=wish.until,
        )


class WaitlistView(View):
    """The caller and the waiting list; no wish: they are not on it."""

    wish: WishView | None


@operation({200: WaitlistView})
def mine(app: MemberApp, call: Call) -> Reply:
    """What the caller waits for."""
    wish = app.waitlist.mine(call.caller, call.now)
    return Reply.of(WaitlistView(wish=WishView.of(wish) if wish else None))


@operation({200: WishView}, ChangedMeanwhile)
def wait(app: MemberApp, call: Call, body: WishInput) -> Reply:
    """Wait for a time, or change what for; that keeps the place in line."""
    wish = app.waitlist.wait(call.caller, body.wanted(), call.once(WishView.of), call.now)
    return Reply.of(WishView.of(wish))


@operation({204: None}, NotFound, ChangedMeanwhile)
def leave(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - there is one list
    """Leave the waiting list. A time that is held for the caller goes to somebody else."""
    app.waitlist.leave(call.caller, call.once(None, 204), call.now)
    return Reply(204)
