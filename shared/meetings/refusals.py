"""What can be refused about meetings, in its own words."""

from shared.errors import Busy, Conflict


class NotHeld(Conflict):
    """The appointment was called off, or is over."""

    code = "not_held"
    title = "This appointment does not take place, or is over"


class NotOpen(Conflict):
    """It is too early, or too late, to come; `opens_at` and `closes_at` say when one may."""

    code = "not_open"
    title = "It is not the time for this meeting"


class MeetingEnded(Conflict):
    """The meeting is over."""

    code = "meeting_ended"
    title = "This meeting has ended"


class NotAdmitted(Conflict):
    """The caller waits to be let in."""

    code = "not_admitted"
    title = "Please wait to be let in"


class Declined(Conflict):
    """The caller was not let in."""

    code = "declined"
    title = "You were not let in this time"


class RemovedFromMeeting(Conflict):
    """A facilitator asked the caller to leave."""

    code = "removed_from_meeting"
    title = "You can no longer be in this meeting"


class SeatMoved(Conflict):
    """The caller is in this meeting by another device or page."""

    code = "seat_moved"
    title = "You are in this meeting on another device now"


class NotInCall(Conflict):
    """One of the two is not in the call."""

    code = "not_in_call"
    title = "You are not in this call together"


class HeldInWriting(Conflict):
    """The month's budget for calls is used up; a circle that has not begun by then meets in its room, in writing."""

    code = "held_in_writing"
    title = "This circle meets in writing this month"


class MeetingFull(Conflict):
    """As many people are in it as can be connected."""

    code = "meeting_full"
    title = "This meeting is full for now"


class CallBusy(Busy):
    """The service that connects calls does not answer just now."""

    code = "call_busy"
    title = "The call can't be connected just now. Please try again"


class NotInCircle(Conflict):
    """Whoever this is about is not in the circle just now."""

    code = "not_in_circle"
    title = "They are not in the circle just now"


class AlreadySpeaking(Conflict):
    """The caller need not ask."""

    code = "already_speaking"
    title = "It is your turn already"


class NotYourTurn(Conflict):
    """Somebody else speaks now, or nobody."""

    code = "not_your_turn"
    title = "It is not your turn just now"


class OrderChanged(Conflict):
    """The order that was sent is of other people than those who are in the circle now."""

    code = "order_changed"
    title = "Somebody came or went meanwhile. Please look again"
