"""Text as screening reads it: what looks alike is alike. Pure.

Letters doubled or spaced out on purpose ("d i e") and digits in place of letters are not undone.
"""

import re
import unicodedata

# What is not seen, or not always typed: apostrophes, accents, Arabic vowel signs and tatweel, marks of direction and
# of width. (Unicode 15: general categories Mn and Cf of these blocks, and Lm for U+02BC and U+0640.)
_UNSEEN = re.compile(
    "['`\u00b4\u2018\u2019\u201b\u2032\u02b9\u02bc\uff07"
    "\u00ad\u034f\u0300-\u036f\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)
# Alef wasla is alef; alef maksura and the Persian yeh are yeh; the Persian keheh is kaf; teh marbuta is heh. NFKD has
# taken the hamza off alef, waw and yeh by then.
_ALIKE = (("\u0671", "\u0627"), ("\u0649", "\u064a"), ("\u06cc", "\u064a"), ("\u06a9", "\u0643"), ("\u0629", "\u0647"))
_WORD = re.compile(r"[^\W_]+")
# Written together with the word that follows: and, so, with, for, like, the, and these before "the".
_PROCLITICS = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل")
_OPENINGS = frozenset(proclitic[0] for proclitic in _PROCLITICS)
_SHORTEST = 3


def legible(text: str) -> str:
    """The text in lower case and compatible forms (NFKC, then NFKD), without what is not seen. Punctuation stays."""
    if text.isascii():
        return _UNSEEN.sub("", text.lower())
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKD", folded))
    for written, read in _ALIKE:
        seen = seen.replace(written, read)
    return seen


def words(legible_text: str) -> list[str]:
    """The words of a legible text. Whatever is neither letter nor digit parts them: dashes, signs, emoji."""
    return _WORD.findall(legible_text)


def plain(text: str) -> str:
    """The words of a text with one space between them. The plain form of a plain text is itself."""
    return " ".join(words(legible(text)))


def without_proclitics(word: str) -> list[str]:
    """What an Arabic word may be without the particles written together with it; nothing for other words."""
    if word[0] not in _OPENINGS:
        return []
    return [word[len(p) :] for p in _PROCLITICS if word.startswith(p) and len(word) >= len(p) + _SHORTEST]
