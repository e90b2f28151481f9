"""Which passwords are accepted: long ones that attackers do not already have. No composition rules.

OWASP ASVS 5.0: 6.2.1 and 6.2.4 (at least 12 characters here, checked against breached ones), 6.2.5 (any
characters), 6.2.9 (64 and more allowed).
"""

import hashlib
import mmap
from itertools import pairwise
from pathlib import Path

from shared.errors import Invalid

SHORTEST, LONGEST = 12, 128
COMMON = Path(__file__).with_name("common-passwords.bloom")
HASHES = 7


class PasswordTooShort(Invalid):
    """Fewer characters than we accept."""

    code = "password_too_short"
    title = "Please choose a longer password"


class PasswordTooCommon(Invalid):
    """Known to attackers, or too easy to guess for this person."""

    code = "password_too_common"
    title = "Please choose a password that is harder to guess"


def check_password(password: str, *known: str, field: str = "body.password") -> None:
    """Accept the password or say what is wrong with it.

    `known` are words an attacker would try first, such as the person's handle. Raises PasswordTooShort,
    PasswordTooCommon, or Invalid if it is longer than 128 characters or Cognito would not take it: it wants one line
    that neither begins nor ends with a space.
    """
    if len(password) < SHORTEST:
        raise PasswordTooShort(f"At least {SHORTEST} characters. A few unrelated words work well.", field=field)
    if len(password) > LONGEST:
        raise Invalid(f"At most {LONGEST} characters.", field=field)
    if password != password.strip() or len(password.splitlines()) > 1:
        raise Invalid("One line, please, without a space at the beginning or the end.", field=field)
    plain = password.casefold()
    told = any(word and word.casefold() in plain for word in known)
    if told or len(set(plain)) < 5 or _runs(plain) or is_common(password) or is_common(plain):
        raise PasswordTooCommon("This one is easy to guess. A few unrelated words work well.", field=field)


def bit_positions(password: str, bits: int) -> list[int]:
    """Where a Bloom filter of so many bits keeps this password."""
    digest = hashlib.sha256(password.encode()).digest()
    return [int.from_bytes(digest[i * 4 : i * 4 + 4], "big") % bits for i in range(HASHES)]


def is_common(password: str) -> bool:
    """Whether the password is among the common and breached ones.

    The list is a Bloom filter of 1.4 million passwords (`python -m infra.common_passwords` makes it): never wrong
    about a listed one, wrong about one in a hundred others.
    """
    with COMMON.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bloom:
        return all(bloom[at >> 3] >> (at & 7) & 1 for at in bit_positions(password, len(bloom) * 8))


def _runs(plain: str) -> bool:
    """Whether almost every character follows from the one before: `abcdefghijkl`, `123456789012`."""
    steps = [ord(after) - ord(before) for before, after in pairwise(plain)]
    return sum(step in (0, 1, -1, -9, 9) for step in steps) >= len(steps) - 2
