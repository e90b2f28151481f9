"""Encryption of a push message, so that only the browser it is for can read it: RFC 8291, in one record of RFC 8188.

The services that deliver see how long it is and nothing else, so every message is made equally long.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LENGTH = 2048  # bytes of a padded message; services take 4,096 in all (RFC 8030, section 7.2)
_RECORD = 4096
_LAST = b"\x02"  # ends the message and begins the padding, in the last record (RFC 8188, section 2)


@dataclass(frozen=True)
class BrowserKeys:
    """What a browser gave when it subscribed: its public key on P-256 and a secret, as they are on the wire."""

    p256dh: bytes
    auth: bytes


def sealed(
    message: bytes,
    to: BrowserKeys,
    *,
    length: int = LENGTH,
    salt: bytes | None = None,
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a request with `Content-Encoding: aes128gcm`.

    `salt` and the key pair `ours` are made anew for each message; only who compares with the RFC gives them. Raises
    ValueError when the message is longer than `length`, or the browser's key is no point of the curve.
    """
    if len(message) >= length:
        raise ValueError("the message is too long")
    salt = salt or os.urandom(16)
    ours = ours or ec.generate_private_key(ec.SECP256R1())
    public = point(ours.public_key())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to.p256dh)
    shared = ours.exchange(ec.ECDH(), theirs)
    keying = _derived(to.auth, shared, b"WebPush: info\0" + to.p256dh + public, 32)
    key = _derived(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, keying, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD.to_bytes(4, "big") + len(public).to_bytes(1, "big") + public
    return header + AESGCM(key).encrypt(nonce, (message + _LAST).ljust(length, b"\0"), None)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as it travels: 65 bytes, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text_of(data: bytes) -> str:
    """Base64url without padding, as all of web push writes bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869) for at most one block, which is all that is asked for here."""
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:length]
