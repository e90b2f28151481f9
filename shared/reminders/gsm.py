"""How long a text message is, and how to make it shorter. Pure.

A text message has 160 characters of the alphabet of GSM, or 70 of any other; longer ones are cut into parts, and each
part is paid for. 3GPP TS 23.038 (the alphabet), TS 23.040 (the parts).
"""

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€")  # a character of its extension is written with two
_ALIKE = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def parts(text: str) -> int:
    """How many messages this text is paid as."""
    if set(text) <= _BASIC | _TWICE:
        length, whole, cut = len(text) + sum(c in _TWICE for c in text), 160, 153
    else:
        length, whole, cut = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= whole else -(-length // cut)


def cheap(text: str) -> str:
    """The text in GSM's alphabet where all its characters are alike to some there, `á` to `a`; otherwise as it is."""
    alike = "".join(c if c in _BASIC | _TWICE else _bare(c) for c in text.translate(_ALIKE))
    return alike if set(alike) <= _BASIC | _TWICE else text


def shortest(*choices: str) -> str:
    """The first of these texts, best first, that is one message; if none is, the one of the fewest."""
    return min(map(cheap, choices), key=lambda text: parts(text))


def _bare(character: str) -> str:
    """The letter without its accent."""
    return unicodedata.normalize("NFD", character)[0]
