"""Routes: finding a counselor and a time."""

from datetime import date
from typing import Annotated

from pydantic import Field

from functions.appointment_views import SlotView
from functions.call import Call, Input, Reply, View
from functions.inputs import Day, Language, Zone
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.appointments.finder import Found, Looking
from shared.appointments.model import Mode
from shared.appointments.slots import PartOfDay
from shared.errors import NotFound
from shared.ids import ID_PATTERN
from shared.topics import Topic


class LookingInput(Input):
    """What a client looks for; what is left out may be anything."""

    language: Language | None = None
    topic: Topic | None = None
    mode: Mode | None = None
    part_of_day: PartOfDay | None = None
    zone: Zone = "UTC"


class CounselorView(View):
    """A counselor, to clients. `repeats` is how many appointments one may book in a row; 1 means no series."""

    id: str
    name: str
    about: str
    languages: list[str]
    topics: list[Topic]
    modes: list[Mode]
    length_minutes: int
    repeats: int
    next_slot: SlotView | None

    @classmethod
    def of(cls, found: Found) -> "CounselorView":
        """What clients see of a published counselor."""
        profile = found.practice.profile
        return cls(
            id=found.practice.counselor_id,
            name=profile.name,
            about=profile.about,
            languages=sorted(profile.languages),
            topics=sorted(profile.topics),
            modes=sorted(profile.modes),
            length_minutes=found.practice.availability.length,
            repeats=found.practice.availability.repeats,
            next_slot=SlotView.of(found.next_slot) if found.next_slot else None,
        )


class CounselorsView(View):
    """Those who fit, whoever is free soonest first."""

    counselors: list[CounselorView]


class SlotsInput(Input):
    """Which dates of which zone. `moving` is the appointment that another time is looked for, if any."""

    first: Annotated[Day, Field(alias="from")]
    days: Annotated[int, Field(ge=1, le=31)] = 14
    zone: Zone
    moving: Annotated[str, Field(pattern=ID_PATTERN)] | None = None


class SlotsView(View):
    """Free times, in order."""

    zone: str
    first: Annotated[date, Field(serialization_alias="from")]
    days: int
    slots: list[SlotView]


@operation({200: CounselorsView})
def find(app: MemberApp, call: Call, query: LookingInput) -> Reply:
    """Counselors who fit, each with their next free time."""
    looking = Looking(query.zone, query.language, query.topic, query.mode, query.part_of_day)
    found = app.finder.counselors(looking, call.now)
    return Reply.of(CounselorsView(counselors=[CounselorView.of(one) for one in found]))


@operation({200: CounselorView}, NotFound)
def show(app: MemberApp, call: Call) -> Reply:
    """One counselor."""
    return Reply.of(CounselorView.of(app.finder.counselor(call.path["counselor_id"], call.now)))


@operation({200: SlotsView}, NotFound)
def slots(app: MemberApp, call: Call, query: SlotsInput) -> Reply:
    """A counselor's free times on these dates."""
    moving = app.appointments.of_client(call.caller, query.moving) if query.moving else None
    found = app.finder.slots(
        call.path["counselor_id"], call.caller.id, query.first, query.days, query.zone, call.now, moving
    )
    shown = [SlotView.of(slot) for slot in found]
    return Reply.of(SlotsView(zone=query.zone, first=query.first, days=query.days, slots=shown))
