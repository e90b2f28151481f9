"""Names for things: opaque, unguessable, and never made from what they name unless the maker asks for that."""

import hashlib
import secrets

ID_PATTERN = "^[0-9a-f]{32}$"
TOKEN_PATTERN = "^[0-9a-f]{64}$"  # noqa: S105 - the form of one
"""A secret of 256 bits, where one has to stand in an address."""


def new_id() -> str:
    """A fresh random id: 32 hexadecimal digits, 128 bits."""
    return secrets.token_hex(16)


def derived_id(*parts: str) -> str:
    """The id that always belongs to these parts: the same parts, the same id.

    Used where a repeat must land on the same object. 128 bits of SHA-256 over the length-prefixed parts, so
    that ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        digest.update(len(raw).to_bytes(4, "big") + raw)
    return digest.hexdigest()[:32]
