"""An appointment as a calendar file (RFC 5545, and RFC 5546 for what is to be done with it).

Written by hand: it is thirty lines, and the library costs a cold start more than the whole slice. Tests read it back
with that library. It holds no name and no place, not even this site's: whoever sees the calendar or opens the file
learns only that there is something.

There is no ORGANIZER and no ATTENDEE. RFC 5546 would have an organizer in what is published, RFC 5545 (3.8.4.3)
forbids one in an event that is not scheduled among a group, and it would be an address of a person. Without one the
event is the reader's own: nobody is answered when they accept, move or delete it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shared.appointments.model import Appointment, AppointmentStatus


def calendar_file(appointments: Sequence[Appointment], title: str, now: datetime) -> str:
    """The text of an .ics file with these, one or more, all called off or none. `title` is all that a reader sees.

    The event keeps its UID for good, and its SEQUENCE grows with each version: a file that is opened after a move
    changes the event that is there, and one opened after a cancellation (METHOD:CANCEL) takes it out.
    """
    method = "CANCEL" if _called_off(appointments[0]) else "PUBLISH"
    return calendar_text([f"METHOD:{method}"], *(event_lines(one, title, stamp=now) for one in appointments))


def calendar_text(properties: Iterable[str], *events: Iterable[str]) -> str:
    """A calendar with these properties and events, in the form the RFC asks of lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN", *properties]
    for event in events:
        lines += event
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def event_lines(appointment: Appointment, title: str, *, stamp: datetime) -> list[str]:
    """The event of an appointment; `stamp` is when this text was made (with a method) or last changed (without)."""
    return [
        "BEGIN:VEVENT",
        f"UID:{appointment.id}",
        f"DTSTAMP:{_utc(stamp)}",
        f"LAST-MODIFIED:{_utc(appointment.changed_at)}",
        f"DTSTART:{_utc(appointment.start)}",
        f"DTEND:{_utc(appointment.end)}",
        f"SEQUENCE:{appointment.version - 1}",
        f"STATUS:{'CANCELLED' if _called_off(appointment) else 'CONFIRMED'}",
        f"SUMMARY:{_escaped(title)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _called_off(appointment: Appointment) -> bool:
    return appointment.status is AppointmentStatus.CANCELLED


def _utc(instant: datetime) -> str:
    return instant.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    """Section 3.3.11; control characters have no place in a title."""
    plain = "".join(character for character in text if character.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Section 3.1: at most 75 octets a line, never cut inside a character."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 75:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces)
