"""An appointment as a calendar file (RFC 5545).

Written by hand: it is thirty lines, and the library costs a cold start more than the whole slice. Tests read it back
with that library. It holds no name and no place, not even this site's: whoever sees the calendar or opens the file
learns only that there is something.
"""

from datetime import datetime

from shared.appointments.model import Appointment, AppointmentStatus

_STATUS = {AppointmentStatus.CANCELLED: "CANCELLED"}


def calendar_file(appointment: Appointment, title: str, now: datetime) -> str:
    """The text of an .ics file with one event in UTC. `title` is all that a reader sees."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{appointment.id}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(appointment.start)}",
        f"DTEND:{_utc(appointment.end)}",
        f"SEQUENCE:{appointment.version - 1}",
        f"STATUS:{_STATUS.get(appointment.status, 'CONFIRMED')}",
        f"SUMMARY:{_escaped(title)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


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
