"""Routes: how many wait for a time, and for what."""

from datetime import datetime

from functions.call import Call, Reply, View
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.appointments.model import Mode
from shared.appointments.slots import PartOfDay
from shared.errors import NotAllowed


class WaitingForView(View):
    """A counselor, and how many wait for a time with them in particular."""

    id: str
    name: str
    waiting: int


class WaitingView(View):
    """Numbers of people, and nothing else about them. One who would take several kinds is counted in each."""

    waiting: int
    held: int
    longest_since: datetime | None
    any_counselor: int
    counselors: list[WaitingForView]
    modes: dict[Mode, int]
    any_language: int
    languages: dict[str, int]
    any_part: int
    parts: dict[PartOfDay, int]


@operation({200: WaitingView}, NotAllowed)
def show(app: StaffApp, call: Call) -> Reply:
    """How many wait for what."""
    found = app.waitlist.waiting(call.caller, call.now)
    names = {practice.counselor_id: practice.profile.name for practice in app.finder.practices.published()}
    return Reply.of(
        WaitingView(
            waiting=found.everybody,
            held=found.held,
            longest_since=found.longest_since,
            any_counselor=found.any_counselor,
            counselors=[
                WaitingForView(id=id_, name=name, waiting=found.counselors[id_])
                for id_, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
                if found.counselors[id_]
            ],
            modes={mode: found.modes[mode] for mode in Mode if found.modes[mode]},
            any_language=found.any_language,
            languages=dict(sorted(found.languages.items())),
            any_part=found.any_part,
            parts={part: found.parts[part] for part in PartOfDay if found.parts[part]},
        )
    )
