"""What notices say: in every language, to whoever looks over a shoulder, about no one and nothing."""

import json
import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shared.people.model import Kind
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.preferences import Preferences
from shared.reminders.reader import Reader
from shared.reminders.spoken import LANGUAGES, spoken
from shared.reminders.words import AWAITED, CALENDAR_TITLE, DELAYED, TEMPLATES, calendar_title, text_of

CATALOGS = Path(__file__).parents[3] / "web" / "catalogs"
AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
EVERY = [
    (template, allowed)
    for language in TEMPLATES
    for template, allowed in [
        *((template, {"when", "until"}) for template in TEMPLATES[language].values()),
        (DELAYED[language], {"when", "minutes"}),
        (AWAITED[language], {"when"}),
    ]
]
# Stems, in small letters: what would tell a stranger what this is about.
TELLING = {
    "en": (
        *(
            "therap",
            "counsel",
            "psych",
            "mental",
            "crisis",
            "support",
            "group",
            "session",
            "client",
            "patient",
            "doctor",
        ),
        *("health", "clinic", "help", "hearthline", "care", "talk", "video", "call", "room", "message"),
    ),
    "es": (
        *("terap", "consej", "psic", "mental", "crisis", "apoyo", "grupo", "sesi", "client", "pacient", "doctor"),
        *("salud", "clínic", "clinic", "ayuda", "orient", "llamad", "vídeo", "video", "sala", "mensaj"),
    ),
    "ar": ("علاج", "نفس", "مستشار", "استشار", "أزمة", "دعم", "مجموع", "جلسة", "مريض", "طبيب", "صحة", "عيادة", "مساعد"),
}


def chosen(**words: str) -> Preferences:
    return Preferences("a" * 32, (), **words)  # type: ignore[arg-type]


def reader(language: str = "en", zone: str = "Europe/London", **words: str) -> Reader:
    return Reader("a" * 32, Kind.CLIENT, ZoneInfo(zone), language, chosen(**words))


def notice(kind: NoticeKind = NoticeKind.REMINDER) -> Notice:
    return Notice("n" * 32, "a" * 32, kind, "b" * 32, AT, AT, until=AT)


def test_every_language_has_words_for_every_notice() -> None:
    assert set(TEMPLATES) == set(LANGUAGES) == set(CALENDAR_TITLE) == {"en", "es", "ar"}
    assert set(DELAYED) == set(AWAITED) == set(TEMPLATES)
    assert all(set(templates) == set(NoticeKind) for templates in TEMPLATES.values())


@pytest.mark.parametrize(("template", "allowed"), EVERY)
def test_no_template_has_room_for_a_name_and_each_says_when(template: tuple[str, str], allowed: set[str]) -> None:
    title, body = template
    fields = {field for _, field, _, _ in string.Formatter().parse(title + body) if field}
    assert fields <= allowed
    assert "when" in fields


@pytest.mark.parametrize("language", TEMPLATES)
def test_no_word_says_what_it_is_about(language: str) -> None:
    templates = [*TEMPLATES[language].values(), DELAYED[language], AWAITED[language]]
    texts = [piece for template in templates for piece in template] + [CALENDAR_TITLE[language]]
    said = " ".join(texts).casefold()
    assert [word for word in TELLING[language] if word in said] == []


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Europe/London", "Tuesday, 24 November 2026, 18:00 (London, UTC+0)"),
        ("es", "America/Argentina/Buenos_Aires", "martes, 24 de noviembre de 2026, 15:00 (Buenos Aires, UTC-3)"),
        ("ar", "Asia/Kathmandu", "الثلاثاء، 24 نوفمبر 2026، 23:45 (Kathmandu, UTC+5:45)"),
        ("en", "UTC", "Tuesday, 24 November 2026, 18:00 (UTC)"),
        ("xx", "Pacific/Apia", "Wednesday, 25 November 2026, 07:00 (Apia, UTC+13)"),
        ("en", "Pacific/Marquesas", "Tuesday, 24 November 2026, 08:30 (Marquesas, UTC-9:30)"),
    ],
)
def test_a_time_has_its_day_its_hour_and_its_zone(language: str, zone: str, said: str) -> None:
    assert spoken(AT, ZoneInfo(zone), language) == said


def test_the_offset_is_the_one_of_that_day_and_not_of_today() -> None:
    assert "UTC+1" in spoken(datetime(2027, 6, 1, 17, tzinfo=UTC), ZoneInfo("Europe/London"), "en")


@pytest.mark.parametrize(
    ("language", "minutes", "said"),
    [
        (
            "en",
            10,
            "What was planned for Tuesday, 24 November 2026, 18:00 (London, UTC+0) starts about 10 minutes later.",
        ),
        ("es", 5, "empieza unos 5 minutos más tarde."),
        ("ar", 10, "بنحو 10 دقائق."),
        ("ar", 15, "بنحو 15 دقيقة."),
    ],
)
def test_whoever_waits_reads_how_many_minutes_later_it_starts(language: str, minutes: int, said: str) -> None:
    late = replace(notice(NoticeKind.LATE), minutes=minutes)
    assert text_of(late, reader(language), "/").body.endswith(said)


def test_those_who_work_here_and_did_not_come_read_that_they_were_awaited() -> None:
    counselor = replace(reader(), kind=Kind.STAFF)
    assert text_of(notice(NoticeKind.UNATTENDED), counselor, "/").title == "You were awaited"
    assert text_of(notice(NoticeKind.UNATTENDED), reader(), "/").title == "We are sorry"


def test_a_code_word_stands_where_ours_would() -> None:
    text = text_of(notice(), reader(code_word="Dentist", sender="Dr. Hill"), "/appointments/1")
    assert (text.title, text.sender) == ("Dentist", "Dr. Hill")
    assert text.body == "Coming up: Tuesday, 24 November 2026, 18:00 (London, UTC+0)."


def test_a_calendar_shows_the_own_title_else_the_code_word_else_a_neutral_one() -> None:
    assert calendar_title(chosen(code_word="Dentist", calendar_title="Piano"), "en") == "Piano"
    assert calendar_title(chosen(code_word="Dentist"), "en") == "Dentist"
    assert [calendar_title(chosen(), language) for language in ("en", "es", "ar", "pt")] == [
        "Appointment", "Cita", "موعد", "Appointment",
    ]  # fmt: skip


@pytest.mark.parametrize(("part", "family"), [("reminders", "notice"), ("staff-told", "told.kind")])
def test_the_site_has_words_of_its_own_for_every_kind_of_notice(part: str, family: str) -> None:
    words = json.loads((CATALOGS / "en" / f"{part}.json").read_text("utf-8"))
    assert [kind for kind in NoticeKind if f"{family}.{kind}" not in words] == []
