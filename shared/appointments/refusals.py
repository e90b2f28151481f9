"""What can be refused about appointments, in its own words."""

from shared.errors import Conflict, Invalid


class SlotTaken(Conflict):
    """Somebody was faster. `next_slots` are the next free times."""

    code = "slot_taken"
    title = "This time has just been taken"


class AlreadyBookedThen(Conflict):
    """The client has another appointment at that time."""

    code = "already_booked_then"
    title = "You have another appointment at that time"


class TooManyAppointments(Conflict):
    """The client holds, or has booked and called off, as many times ahead as one person may."""

    code = "too_many_appointments"
    title = "You have many appointments ahead already"


class SlotNotOffered(Invalid):
    """The counselor does not offer this time (any more). `next_slots` are the next free times."""

    code = "slot_not_offered"
    title = "This time is not on offer"


class ModeNotOffered(Invalid):
    """The counselor does not meet in this way."""

    code = "mode_not_offered"
    title = "This counselor does not meet in this way"


class TooLate(Conflict):
    """The client may not change it any more; `change_until` says until when they could."""

    code = "too_late"
    title = "It is too late to change this online"


class NotStarted(Conflict):
    """Nobody can have missed what has not begun."""

    code = "not_started"
    title = "It has not started yet"


class NotSoon(Conflict):
    """Whoever will be late can say so from an hour before the start until the end, while it stands."""

    code = "not_soon"
    title = "You can say this from an hour before the start until the end"


class CalledOff(Conflict):
    """An appointment that was cancelled is followed by none: its client books another when they want one."""

    code = "called_off"
    title = "This appointment was called off"


class OfferOver(Conflict):
    """A time that was held for the client is no longer: it ran out, or they took it or let it go already."""

    code = "offer_over"
    title = "This time is no longer held for you"


class TimeHeld(Conflict):
    """A counselor wants to keep time free that is being offered to somebody who waits; `held_until` says how long."""

    code = "time_held"
    title = "This time is being offered to somebody on the waiting list"


class SeriesNotOffered(Invalid):
    """The counselor has every appointment booked by itself."""

    code = "series_not_offered"
    title = "This counselor books one appointment at a time"


class TimesTaken(Conflict):
    """Some times of a series are gone: nothing of it was booked or moved. `taken` are their starts."""

    code = "times_taken"
    title = "Some of these times have just been taken"


class TooManyAtOnce(Conflict):
    """More than one transaction can change: only where many appointments cross midnight (UTC) before and after."""

    code = "too_many_at_once"
    title = "These are too many to move at once"
