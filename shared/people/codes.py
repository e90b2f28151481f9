"""Recovery codes: the only way back in for someone who gave us no address. Eight, each good once."""

import hashlib
from datetime import date, datetime

from shared.errors import Invalid
from shared.people.daily import DailySecrets

COUNT = 8
# Without 0, 1, I, L, O, U: they are copied by hand in bad moments.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def make_codes(daily: DailySecrets, intent: str, password: str, on: date, now: datetime) -> list[str]:
    """Eight codes of 16 letters (78 bits each), such as `K7QF-2MXA-9TRB-HW4C`.

    Derived from the secret of the day `on`, so that a repeat of the same request shows the same codes although only
    their digests are stored; once that secret is forgotten nobody can make them again.
    """
    codes = []
    for number in range(COUNT):
        value = int(daily.digest(on, "recovery-code", intent, password, str(number), now=now), 16)
        letters = []
        for _ in range(16):
            value, letter = divmod(value, len(_LETTERS))
            letters.append(_LETTERS[letter])
        codes.append("-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4)))
    return codes


def code_digest(typed: str) -> str:
    """What is stored of a code, whatever case and spacing it is typed in.

    78 random bits need no slow hash. Raises Invalid when it cannot be a code.
    """
    letters = "".join(character for character in typed.upper() if character.isalnum())
    if len(letters) != 16:
        raise Invalid("A recovery code has 16 letters and digits.", field="body.recovery_code")
    return hashlib.sha256(letters.encode()).hexdigest()[:32]
