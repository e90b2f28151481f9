"""Sealing what may be read for one purpose alone: a phone number, a code, an address. With the organisation's own key.

The tables are encrypted as they are; whoever may read a table reads what is in it. What is sealed only those functions
can open whose role names its purpose, for the thing it belongs to: both are KMS's encryption context.
https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from shared.errors import Busy
from shared.passing import or_busy


class Kms(Protocol):
    """What is used of the client of KMS."""

    def encrypt(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html"""

    def decrypt(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html"""


@dataclass(frozen=True)
class Seal:
    """Seals and opens. `key` is the key's ARN, `busy` what is raised when KMS is busy or out of reach.

    `context` says what for (`purpose`, which roles name) and what it belongs to. It is no secret: CloudTrail shows it.
    """

    kms: Kms
    key: str
    busy: type[Busy] = Busy

    def close(self, context: Mapping[str, str], text: str) -> bytes:
        """Seal `text`. Raises `busy`."""
        with or_busy(self.busy):
            sealed = self.kms.encrypt(KeyId=self.key, Plaintext=text.encode(), EncryptionContext=dict(context))
        return bytes(sealed["CiphertextBlob"])

    def open(self, context: Mapping[str, str], sealed: bytes) -> str:
        """What was sealed with this context. Raises `busy`."""
        with or_busy(self.busy):
            opened = self.kms.decrypt(KeyId=self.key, CiphertextBlob=sealed, EncryptionContext=dict(context))
        return bytes(opened["Plaintext"]).decode()
