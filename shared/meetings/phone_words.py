"""What callers hear. Nothing here says who is called or what for: a relative may listen, or a mailbox. Pure."""

from enum import StrEnum
from typing import NamedTuple


class Voice(NamedTuple):
    """A voice of Amazon Polly's standard engine, which every region has.

    https://docs.aws.amazon.com/polly/latest/dg/available-voices.html
    """

    name: str
    language: str


VOICES = {"en": Voice("Joanna", "en-US"), "es": Voice("Lupe", "es-US"), "ar": Voice("Zeina", "arb")}


class Say(StrEnum):
    """What is said."""

    CODE = "code"
    WRONG = "wrong"
    CONFIRM = "confirm"
    CONNECTING = "connecting"
    STILL_HERE = "still_here"
    TOO_EARLY = "too_early"
    NO_CODE = "no_code"
    TOO_MANY = "too_many"
    DECLINED = "declined"
    OVER = "over"
    NOBODY = "nobody"
    TROUBLE = "trouble"


_WORDS = {
    "en": {
        Say.CODE: "Welcome. Please enter your code, followed by the pound key.",
        Say.WRONG: "That code did not work. Please enter it again, followed by the pound key.",
        Say.CONFIRM: "This is the call you asked for. Press 1 to be connected.",
        Say.CONNECTING: "Thank you. You will be connected shortly. Please stay on the line.",
        Say.STILL_HERE: "Thank you for waiting. You are still on the line.",
        Say.TOO_EARLY: "Thank you. It is a little early. Please call again closer to the time. Goodbye.",
        Say.NO_CODE: "No code has worked so far. Please check it, and call again. Goodbye.",
        Say.TOO_MANY: "There were too many tries for now. Please call again in a while. Goodbye.",
        Say.DECLINED: "You cannot be connected this time. Please get in touch in the usual way. Goodbye.",
        Say.OVER: "This call is over. Goodbye.",
        Say.NOBODY: "Nobody could take your call yet. Please call again, or get in touch in the usual way. Goodbye.",
        Say.TROUBLE: "You could not be connected just now. Please call again in a moment. Goodbye.",
    },
    "es": {
        Say.CODE: "Le damos la bienvenida. Introduzca su código y pulse la tecla numeral.",
        Say.WRONG: "Ese código no ha funcionado. Introdúzcalo de nuevo y pulse la tecla numeral.",
        Say.CONFIRM: "Esta es la llamada que usted pidió. Pulse 1 para conectarse.",
        Say.CONNECTING: "Gracias. En breve le conectaremos. Por favor, no cuelgue.",
        Say.STILL_HERE: "Gracias por esperar. Sigue usted en línea.",
        Say.TOO_EARLY: "Gracias. Todavía es un poco pronto. Vuelva a llamar más cerca de la hora. Adiós.",
        Say.NO_CODE: "Ningún código ha funcionado por ahora. Compruébelo y vuelva a llamar. Adiós.",
        Say.TOO_MANY: "Ha habido demasiados intentos por ahora. Vuelva a llamar dentro de un rato. Adiós.",
        Say.DECLINED: "Esta vez no podemos conectarle. Póngase en contacto como de costumbre. Adiós.",
        Say.OVER: "Esta llamada ha terminado. Adiós.",
        Say.NOBODY: "Nadie ha podido atender su llamada todavía. "
        "Vuelva a llamar o póngase en contacto como de costumbre. Adiós.",
        Say.TROUBLE: "Ahora mismo no hemos podido conectarle. Vuelva a llamar en un momento. Adiós.",
    },
    "ar": {
        Say.CODE: "مرحبًا بك. من فضلك أدخل الرمز ثم اضغط مفتاح المربع.",
        Say.WRONG: "لم يعمل هذا الرمز. من فضلك أدخله مرة أخرى ثم اضغط مفتاح المربع.",
        Say.CONFIRM: "هذه هي المكالمة التي طلبتها. اضغط 1 ليتم توصيلك.",
        Say.CONNECTING: "شكرًا لك. سيتم توصيلك بعد قليل. من فضلك ابق على الخط.",
        Say.STILL_HERE: "شكرًا لانتظارك. ما زلت على الخط.",
        Say.TOO_EARLY: "شكرًا لك. الوقت مبكر قليلًا. من فضلك اتصل مرة أخرى قرب الموعد. إلى اللقاء.",
        Say.NO_CODE: "لم يعمل أي رمز حتى الآن. من فضلك تحقق منه ثم اتصل مرة أخرى. إلى اللقاء.",
        Say.TOO_MANY: "كانت هناك محاولات كثيرة. من فضلك اتصل مرة أخرى بعد قليل. إلى اللقاء.",
        Say.DECLINED: "لا يمكن توصيلك هذه المرة. من فضلك تواصل بالطريقة المعتادة. إلى اللقاء.",
        Say.OVER: "انتهت هذه المكالمة. إلى اللقاء.",
        Say.NOBODY: "لم يتمكن أحد من الرد على مكالمتك بعد. "
        "من فضلك اتصل مرة أخرى أو تواصل بالطريقة المعتادة. إلى اللقاء.",
        Say.TROUBLE: "لم نتمكن من توصيلك الآن. من فضلك اتصل مرة أخرى بعد لحظات. إلى اللقاء.",
    },
}


def words(what: Say, language: str) -> str:
    """The words in a language, in English if it is none of ours."""
    return _WORDS.get(language, _WORDS["en"])[what]


def voice(language: str) -> Voice:
    """Who says it."""
    return VOICES.get(language, VOICES["en"])
