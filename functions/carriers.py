"""The providers of calls, each made once per process, when the first call needs it."""

from collections.abc import Callable
from functools import cache

from shared.config import Environment
from shared.meetings.calls import Calls
from shared.meetings.model import MeetingKind, Provider

# More than may sit there: whoever changes their device, or goes on by phone, has two places for a moment.
PLACES = {MeetingKind.APPOINTMENT: 4, MeetingKind.CIRCLE: 16}


class CarriersEnvironment(Environment):
    """What the functions are told that connect calls. Not every Region has the API of Chime, nor media of its own."""

    chime_region: str
    media_region: str


def carriers() -> Callable[[Provider], Calls]:
    """Finds a provider. What each needs is imported only then."""

    @cache
    def find(provider: Provider) -> Calls:
        if provider is Provider.CHIME:
            from shared import aws
            from shared.meetings.chime import ChimeCalls

            told = CarriersEnvironment.load()
            return ChimeCalls(aws.chime(told.chime_region), told.media_region, PLACES)
        from shared.meetings.ice import TurnEnvironment, ice_servers
        from shared.meetings.peer import PeerCalls

        return PeerCalls(ice_servers(TurnEnvironment.load()))

    return find
