"""Ways to reach somebody elsewhere: numbers, addresses, links, names in social networks. Pure.

Help lines are no such way: those that the site lists (`helplines.json` beside this), and numbers of up to six digits,
such as 988 or 116 123, of which no person has one.
"""

import json
import re
from functools import cache
from pathlib import Path

# All of these begin at something rare or repeat a bounded number of times: none can be made slow by a text.
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d(?:[ .()\-\u2010-\u2015]{0,2}\d){7,14}(?!\d)")
_DATE_OR_YEARS = re.compile(r"\d{4}([ .-])\d{1,2}\1\d{1,2}(?: \d{1,2})?|\d{1,2}([ .-])\d{1,2}\2\d{4}|\d{4} ?\W ?\d{4}")
_DIGITS = re.compile(r"\d")
_MAIL = re.compile(r"@(?:(?<=\w@)|(?<=\w @)) ?[\w-]{1,63}\.[a-z]{2}")
_SCHEME = re.compile("https?://")
_DOMAIN = re.compile(
    r"\.(?:(?<=\w\.)(?:com|net|org|info|biz|app|dev|xyz|link|online|site|chat|edu|gov)\b(?!-?\w|\.\w)"
    r"|(?<=\w\.)[a-z]{2}/\w|(?<=\bwww\.)\w|(?<=\bwa\.)me\b|(?<=\bfb\.)me\b|(?<=\b[tm]\.)me\b|(?<=\bdiscord\.)gg\b)"
)
# Telegram's names have five letters and more. A hyphen follows in our own handles (@quiet-otter-482), never in theirs.
_NAME = re.compile(r"@(?<![\w@./]@)[a-z][\w.]{4,29}(?![\w.]|-\w)")

_NETWORK = (
    "(?:whats ?app|watsapp|wsp|telegram|(?:on|en|por) signal|insta(?:gram)?|snap(?:chat)?|discord|messenger|facebook"
    "|tik ?tok|skype|viber|kik"
    "|(?:ال)?(?:واتس(?: ?(?:اب|اپ))?|وتساب|تلي?[غج]رام|تيلي[غج]رام|انستا(?:[غقج]رام)?|سناب(?: ?شات)?"
    "|فيسبوك|فيس ?بوك|ماسنجر|ديسكورد))"
)
_ASKS = (
    "(?:add|follow|find|message|msg|text|dm|call|write|write to|reach|contact|hit|ping) me",
    "(?:lets|let us|can we|could we|we can|we could) (?:chat|talk|speak|meet|move|continue)",
    "(?:agregame|agreguenme|anademe|escribeme|escribanme|buscame|busquenme|sigueme|siganme|hablame|contactame)",
    "(?:hablemos|sigamos|podemos hablar|podemos seguir)",
    "(?:تابعني|تابعيني|تابعوني|ضيفني|ضيفيني|ضيفوني|اضفني|راسلني|راسليني|راسلوني|كلمني|كلميني|كلموني)",
    "(?:تواصل معي|تواصلي معي|تواصلوا معي|حسابي|رقمي)",
)
_INVITATION = re.compile(
    rf"\b(?:{'|'.join(_ASKS)}) (?:\w{{1,12}} ){{0,3}}?(?:ع|عال|بال)?{_NETWORK}\b"
    rf"|\b(?:my|mi) {_NETWORK} (?:is|es|user|name|handle|usuario|nombre|account|cuenta)\b"
)


def has_contact_details(text: str, said: str) -> bool:
    """Whether a text tells how to reach somebody elsewhere. `text` is its legible form, `said` its plain one."""
    return bool(
        any(map(_is_private, _NUMBER.finditer(text)))
        or _MAIL.search(text)
        or _NAME.search(text)
        or (_has_link(text) and _has_link(_help_sites().sub(" ", text)))
        or _INVITATION.search(said)
    )


def _has_link(text: str) -> bool:
    return bool(_DOMAIN.search(text) or _SCHEME.search(text))


def _is_private(number: re.Match[str]) -> bool:
    if _DATE_OR_YEARS.fullmatch(number[0]):
        return False
    digits = "".join(str(int(digit)) for digit in _DIGITS.findall(number[0]))
    return not digits.endswith(_help_lines())


@cache
def _listed() -> dict[str, list[str]]:
    told: dict[str, list[str]] = json.loads(Path(__file__).with_name("helplines.json").read_text("utf-8"))
    return told


@cache
def _help_lines() -> tuple[str, ...]:
    """Without the leading zero that a country's code replaces."""
    return tuple(number.lstrip("0") for number in _listed()["numbers"])


@cache
def _help_sites() -> re.Pattern[str]:
    hosts = "|".join(map(re.escape, _listed()["sites"]))
    return re.compile(rf"(?<![\w.@-])(?:https?://)?(?:www\.)?(?:{hosts})(?:/[\w/#?=&%-]{{0,200}})?(?![\w-]|\.\w)")
