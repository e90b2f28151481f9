"""What can be refused about rooms, in its own words."""

from datetime import datetime

from shared.clock import instant_text
from shared.errors import Conflict, Invalid, TooMany


class NotAMember(Conflict):
    """One has to be in the room for this."""

    code = "not_a_member"
    title = "You are not in this room"


class AlreadyAMember(Conflict):
    """The caller is in the room, or has asked to be."""

    code = "already_a_member"
    title = "You are in this room already"


class Removed(Conflict):
    """A facilitator removed the caller."""

    code = "removed"
    title = "You can no longer use this room"


class RequestDeclined(Conflict):
    """A facilitator decided that this room is not the right one."""

    code = "request_declined"
    title = "A facilitator could not admit you to this room"


class RoomFull(Conflict):
    """As many people are in it as it holds."""

    code = "room_full"
    title = "This room is full for now"


class HandleTakenHere(Conflict):
    """Somebody in the room has this handle."""

    code = "handle_taken"
    title = "Somebody here has this handle already"


class RoomClosed(Conflict):
    """The facilitators closed it."""

    code = "room_closed"
    title = "This room is closed"


class RoomResting(Conflict):
    """Nobody is there to keep it safe. `next_live_at` says when it wakes, if that is known."""

    code = "room_resting"
    title = "This room is resting"


class GuidelinesChanged(Conflict):
    """The caller has not accepted the guidelines as they are now. `version` is the one to accept."""

    code = "guidelines_changed"
    title = "The guidelines of this room have changed"


class _ForATime(Conflict):
    @classmethod
    def until(cls, instant: datetime, reason: str = "") -> "_ForATime":
        return cls(reason, until=instant_text(instant))


class MemberMuted(_ForATime):
    """The caller may read and not write, until `until`."""

    code = "muted"
    title = "You can read here but not write for now"


class MemberSuspended(_ForATime):
    """The caller may not enter, until `until`."""

    code = "suspended"
    title = "You can't use this room for now"


class Newcomer(_ForATime):
    """The account is younger than the room asks, until `until`."""

    code = "newcomer"
    title = "New accounts wait a little before they write"


class TooSoon(TooMany):
    """The room's slow mode, or the pace one person may have. `retry_after` is in seconds."""

    code = "too_soon"
    title = "Please wait a moment before you write again"


class NotOfAge(Invalid):
    """The room is for people of another age."""

    code = "not_of_age"
    title = "This room is for people of another age"


class TooLateToChange(Conflict):
    """A message can be changed for a while only."""

    code = "too_late"
    title = "It is too late to change this message"


class AlreadyDecided(Conflict):
    """Another facilitator was faster."""

    code = "already_decided"
    title = "Somebody has decided this already"
