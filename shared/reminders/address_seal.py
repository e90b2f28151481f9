"""Sealing addresses, each with the secret of its unsubscribe link, and opening them, which only `remind` can."""

import secrets
from typing import NamedTuple

from shared.errors import Busy
from shared.reminders.address import Address
from shared.reminders.channel import Channel, SendLater
from shared.seal import Seal

_SECRET_DIGITS = 32  # hexadecimal: 128 bits


class Opened(NamedTuple):
    """An address that can be written to. `token` is what its unsubscribe links end in."""

    plain: str
    token: str


def new_secret() -> str:
    """A secret for an address."""
    return secrets.token_hex(_SECRET_DIGITS // 2)


def seal_address(seal: Seal, person_id: str, channel: Channel, plain: str, secret: str) -> bytes:
    """Seal an address and its secret for this person alone. Raises Busy."""
    return seal.close(_context(person_id, channel), f"{secret} {plain}")


def open_address(seal: Seal, address: Address) -> Opened:
    """Open an address, to send something there. Raises SendLater."""
    try:
        both = seal.open(_context(address.person_id, address.channel), address.sealed)
    except Busy as busy:
        raise SendLater from busy
    secret, _, plain = both.partition(" ")
    return Opened(plain, f"{address.id}{secret}")


def read_token(token: str) -> tuple[str, str]:
    """The id of an address and its secret, from the end of an unsubscribe link."""
    return token[:-_SECRET_DIGITS], token[-_SECRET_DIGITS:]


def _context(person_id: str, channel: Channel) -> dict[str, str]:
    """What it is sealed with: roles name the purpose, and it opens for this person alone."""
    return {"purpose": f"{channel}-address", "person": person_id}
