"""Dates and times as notices write them: the one function for all of them. Pure.

Always the whole date, the hour by 24 and the zone by its city and what it is ahead of UTC, so that nothing has to be
guessed by somebody who has travelled, or reads it a day later. The site writes the same with the browser's own `Intl`.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "ar": (
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
}
_PATTERNS = {
    "en": "{weekday}, {day} {month} {year}, {clock} ({zone})",
    "es": "{weekday}, {day} de {month} de {year}, {clock} ({zone})",
    "ar": "{weekday}، {day} {month} {year}، {clock} ({zone})",
}
LANGUAGES = tuple(_PATTERNS)


def spoken(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """`Tuesday, 24 November 2026, 18:00 (London, UTC+0)`, in English where the language has no words here."""
    language = language if language in _PATTERNS else "en"
    local = instant.astimezone(zone)
    return _PATTERNS[language].format(
        weekday=_WEEKDAYS[language][local.weekday()],
        day=local.day,
        month=_MONTHS[language][local.month - 1],
        year=local.year,
        clock=f"{local:%H:%M}",
        zone=_zone_in_words(local, zone),
    )


def minutes_spoken(minutes: int, language: str) -> str:
    """`10 minutes`, for more than two of them, in one of `LANGUAGES`."""
    # Unicode CLDR, plural rules of Arabic: `few` for what ends in 03 to 10, `many` for what ends in 11 to 99.
    arabic = "دقائق" if 3 <= minutes % 100 <= 10 else "دقيقة"
    word = {"es": "minutos", "ar": arabic}.get(language, "minutes")
    return f"{minutes} {word}"


def _zone_in_words(local: datetime, zone: ZoneInfo) -> str:
    """`London, UTC+0`: what the zone is ahead of UTC at that instant, not today."""
    minutes = int((local.utcoffset() or timedelta(0)) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return "UTC" if city == "UTC" else f"{city}, {offset}"
