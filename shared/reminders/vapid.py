"""Saying who sends a push message: a token signed with the key that the browser subscribed for (RFC 8292)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from shared.clock import epoch
from shared.reminders.web_push import point, text_of

GOOD_FOR = timedelta(hours=12)  # RFC 8292, section 2: at most 24 hours, and clocks differ


@dataclass(frozen=True)
class Vapid:
    """The organisation's key for push messages, and where whoever runs a push service can reach it.

    `contact` is a `mailto:` or `https:` address; Apple's service refuses any other.
    """

    key: ec.EllipticCurvePrivateKey
    contact: str

    def authorization(self, endpoint: str, now: datetime) -> str:
        """The `Authorization` header for a message to `endpoint`."""
        where = urlsplit(endpoint)
        claims = {"aud": f"{where.scheme}://{where.netloc}", "exp": epoch(now + GOOD_FOR), "sub": self.contact}
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = text_of(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={public_text(self.key)}"


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key pair on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def private_text(key: ec.EllipticCurvePrivateKey) -> str:
    """The key pair as it is kept: PKCS #8 in PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def key_of(text: str) -> ec.EllipticCurvePrivateKey:
    """What `private_text` wrote. Raises ValueError if it is anything else."""
    key = load_pem_private_key(text.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("no key pair on P-256")  # noqa: TRY004 - whoever kept it kept a wrong value
    return key


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half as browsers take it: `applicationServerKey`."""
    return text_of(point(key.public_key()))


def _part(value: Mapping[str, object]) -> str:
    return text_of(json.dumps(value, separators=(",", ":")).encode())
