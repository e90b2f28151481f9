"""The words of notices. They name nobody and no kind of care, so that whoever reads them by chance learns nothing."""

from datetime import datetime

from shared.people.model import Kind
from shared.reminders.channel import NoticeText
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.preferences import Preferences
from shared.reminders.reader import Reader
from shared.reminders.spoken import minutes_spoken, spoken

Template = tuple[str, str]
"""What stands above, and what is said."""

_EN: dict[NoticeKind, Template] = {
    NoticeKind.REMINDER: ("Reminder", "Coming up: {when}."),
    NoticeKind.BOOKED: ("It's planned", "Planned for {when}."),
    NoticeKind.MOVED: ("A new time", "The time has changed. It is now {when}."),
    NoticeKind.CANCELLED: ("It's off", "What was planned for {when} does not take place."),
    NoticeKind.LATE: ("A little later", "What was planned for {when} starts a little later."),
    NoticeKind.WAITING: ("It has begun", "It began {when}. There is still time to come."),
    NoticeKind.MISSED: (
        "Another time?",
        "It did not work out on {when}. That's all right: pick another time whenever you like.",
    ),
    NoticeKind.UNATTENDED: (
        "We are sorry",
        "You came on {when}, and nobody was there for you. That was not your fault. Pick another time when you like.",
    ),
    NoticeKind.OFFER: ("A time has come free", "{when} has come free. It is kept for you until {until}."),
    NoticeKind.GATHERING: ("Reminder", "Coming up: {when}."),
    NoticeKind.GATHERING_CANCELLED: ("It's off", "What was planned for {when} does not take place."),
}
_ES: dict[NoticeKind, Template] = {
    NoticeKind.REMINDER: ("Recordatorio", "Próximamente: {when}."),
    NoticeKind.BOOKED: ("Queda apuntado", "Apuntado para el {when}."),
    NoticeKind.MOVED: ("Nueva hora", "La hora ha cambiado. Ahora es el {when}."),
    NoticeKind.CANCELLED: ("No tiene lugar", "Lo que estaba previsto para el {when} no tiene lugar."),
    NoticeKind.LATE: ("Un poco más tarde", "Lo que estaba previsto para el {when} empieza un poco más tarde."),
    NoticeKind.WAITING: ("Ya ha empezado", "Empezó el {when}. Todavía hay tiempo de venir."),
    NoticeKind.MISSED: ("¿Otro momento?", "El {when} no pudo ser. No pasa nada: elige otro momento cuando quieras."),
    NoticeKind.UNATTENDED: (
        "Lo sentimos",
        "Viniste el {when} y no había nadie para recibirte. No fue por ti. Elige otro momento cuando quieras.",
    ),
    NoticeKind.OFFER: ("Ha quedado libre una hora", "Ha quedado libre el {when}. Te la guardamos hasta el {until}."),
    NoticeKind.GATHERING: ("Recordatorio", "Próximamente: {when}."),
    NoticeKind.GATHERING_CANCELLED: ("No tiene lugar", "Lo que estaba previsto para el {when} no tiene lugar."),
}
_AR: dict[NoticeKind, Template] = {
    NoticeKind.REMINDER: ("تذكير", "قريبًا: {when}."),
    NoticeKind.BOOKED: ("تم التحديد", "محدد يوم {when}."),
    NoticeKind.MOVED: ("وقت جديد", "تغيّر الوقت. أصبح الآن يوم {when}."),
    NoticeKind.CANCELLED: ("أُلغي", "ما كان محددًا يوم {when} لن يتم."),
    NoticeKind.LATE: ("بعد قليل", "ما كان محددًا يوم {when} يبدأ متأخرًا قليلًا."),
    NoticeKind.WAITING: ("لقد بدأ", "بدأ يوم {when}. ما زال هناك وقت للحضور."),
    NoticeKind.MISSED: ("وقت آخر؟", "لم يتيسر الأمر يوم {when}. لا بأس: اختر وقتًا آخر متى شئت."),
    NoticeKind.UNATTENDED: (
        "نعتذر",
        "حضرت يوم {when} ولم يكن أحد في انتظارك. لم يكن ذلك بسببك. اختر وقتًا آخر متى شئت.",
    ),
    NoticeKind.OFFER: ("توفّر وقت", "توفّر يوم {when}. نحتفظ به لك حتى يوم {until}."),
    NoticeKind.GATHERING: ("تذكير", "قريبًا: {when}."),
    NoticeKind.GATHERING_CANCELLED: ("أُلغي", "ما كان محددًا يوم {when} لن يتم."),
}
TEMPLATES: dict[str, dict[NoticeKind, Template]] = {"en": _EN, "es": _ES, "ar": _AR}
DELAYED: dict[str, Template] = {
    "en": ("A little later", "What was planned for {when} starts about {minutes} later."),
    "es": ("Un poco más tarde", "Lo que estaba previsto para el {when} empieza unos {minutes} más tarde."),
    "ar": ("بعد قليل", "ما كان محددًا يوم {when} يبدأ متأخرًا بنحو {minutes}."),
}
"""Of something that starts later, where one of the two has said by how much: to the other, whoever that is."""
AWAITED: dict[str, Template] = {
    "en": ("You were awaited", "You were awaited on {when}."),
    "es": ("Te esperaban", "Te esperaban el {when}."),
    "ar": ("كان هناك من ينتظرك", "كان هناك من ينتظرك يوم {when}."),
}
"""To whoever works here, of something to which the other one came and they did not."""
MORE = {"en": "And {count} more.", "es": "Y {count} más.", "ar": "وعدد آخر: {count}."}
"""After news of the first of a series: of how many more it is true."""
CALENDAR_TITLE = {"en": "Appointment", "es": "Cita", "ar": "موعد"}


def text_of(notice: Notice, reader: Reader, link: str, calendar: str = "") -> NoticeText:
    """What the notice says to its reader. Their own code word stands above it instead of ours."""
    language = reader.language if reader.language in TEMPLATES else "en"
    title, body = _template(notice, reader.kind, language)
    told = {
        "when": _when(notice.start, reader),
        "until": _when(notice.until, reader) if notice.until else "",
        "minutes": minutes_spoken(notice.minutes, language),
    }
    more = f" {MORE[language].format(count=notice.more)}" if notice.more else ""
    own = reader.preferences
    return NoticeText(
        id=notice.id,
        title=own.code_word or title,
        body=body.format(**told) + more,
        link=link,
        language=language,
        sender=own.sender,
        calendar=calendar,
    )


def calendar_title(own: Preferences, language: str) -> str:
    """What somebody's calendar shows: their own title, else their code word, else a neutral word."""
    return own.calendar_title or own.code_word or CALENDAR_TITLE.get(language, CALENDAR_TITLE["en"])


def _template(notice: Notice, to: Kind, language: str) -> Template:
    if notice.kind is NoticeKind.LATE and notice.minutes:
        return DELAYED[language]
    if notice.kind is NoticeKind.UNATTENDED and to is Kind.STAFF:
        return AWAITED[language]
    return TEMPLATES[language][notice.kind]


def _when(instant: datetime, reader: Reader) -> str:
    return spoken(instant, reader.zone, reader.language)
