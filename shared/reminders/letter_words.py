"""The words around a notice that is sent as a mail, and those of the codes that confirm an address. Pure.

As everywhere outside of the app they name nobody and no kind of care.
"""

from typing import NamedTuple


class LetterWords(NamedTuple):
    """In one language. `code_body` and `code_text` hold `{code}`; a text message has its own, shorter words."""

    open: str
    stop: str
    code_title: str
    code_body: str
    code_text: str


_WORDS = {
    "en": LetterWords(
        open="Open",
        stop="Stop these e-mails",
        code_title="Your code",
        code_body="Your code is {code}. It is good for 15 minutes. If you did not ask for it, you can ignore this.",
        code_text="{code} is your code. It is good for 15 minutes. Reply STOP to stop messages.",
    ),
    "es": LetterWords(
        open="Abrir",
        stop="No recibir más correos",
        code_title="Tu código",
        code_body="Tu código es {code}. Sirve durante 15 minutos. Si no lo pediste, puedes ignorar este mensaje.",
        code_text="{code} es tu código. Sirve durante 15 minutos. Responde STOP para no recibir más.",
    ),
    "ar": LetterWords(
        open="فتح",
        stop="إيقاف هذه الرسائل",
        code_title="رمزك",
        code_body="رمزك هو {code}. يبقى صالحًا لمدة 15 دقيقة. إن لم تطلبه، يمكنك تجاهل هذه الرسالة.",
        code_text="رمزك {code}، صالح 15 دقيقة. للإيقاف أرسل STOP",
    ),
}
_RIGHT_TO_LEFT = frozenset({"ar"})


def letter_words(language: str) -> LetterWords:
    """The words in a language; in English where there are none."""
    return _WORDS.get(language, _WORDS["en"])


def direction(language: str) -> str:
    """Which way the language is read, as HTML says it."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
