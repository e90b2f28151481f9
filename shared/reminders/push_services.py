"""The services through which browsers are pushed to, and what can be a subscription with one. Pure.

An endpoint is an address that somebody's browser hands us and that we then send to. Only the browsers' own services
are sent to, so that nobody can have us call anything else, least of all something inside AWS.
"""

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST = 2048  # characters of an endpoint; Windows' are the longest, with about 600

# Chrome, Edge on Android, Opera and Samsung Internet; Firefox; Safari; Edge on Windows. A leading dot: any host below.
_HOSTS = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
_BASE64URL = re.compile(r"(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3}={0,2})?")
# P-256 (SEC 2, section 2.4.2): y² = x³ - 3x + b modulo p.
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


@dataclass(frozen=True)
class PushServices:
    """What may be sent to. `receiver` is one more, an address that endpoints there begin with: a laptop's own."""

    receiver: str = ""

    def has(self, endpoint: str) -> bool:
        """Whether `endpoint` is one of a service we know: https, at its usual port, and nothing odd about it."""
        if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
            return False
        if self.receiver and endpoint.startswith(f"{self.receiver}/"):
            return True
        try:
            where = urlsplit(endpoint)
            odd = where.port not in (None, 443) or "@" in where.netloc or "\\" in endpoint or "#" in endpoint
        except ValueError:
            return False
        return where.scheme == "https" and not odd and _known(where.hostname or "")


def _known(host: str) -> bool:
    return any(host == known or (known.startswith(".") and host.endswith(known)) for known in _HOSTS)


def bytes_of(text: str) -> bytes:
    """What base64url text says, with or without its padding. Raises ValueError if it is none."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("no base64url")
    bare = text.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def is_public_key(key: bytes) -> bool:
    """Whether these are the 65 bytes of a point on P-256, uncompressed: with any other nothing can be encrypted."""
    if len(key) != 65 or key[0] != 4:
        return False
    x, y = int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big")
    return x < _P and y < _P and (y * y - (x * x * x - 3 * x + _B)) % _P == 0
