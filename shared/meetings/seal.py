"""Sealing what may be read for one purpose alone: a phone number, a code. With the organisation's own key, by KMS.

The tables are encrypted as they are; whoever may read a table reads what is in it. What is sealed only those functions
can open whose role names its purpose, for the thing it belongs to: both are KMS's encryption context.
https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from shared.meetings.calling import or_busy


class Purpose(StrEnum):
    """What something is sealed for."""

    NUMBER = "phone-number"
    CODE = "phone-code"


class Kms(Protocol):
    """What is used of the client of KMS."""

    def encrypt(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html"""

    def decrypt(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html"""


@dataclass(frozen=True)
class Seal:
    """Seals and opens. `key` is the key's ARN."""

    kms: Kms
    key: str

    def close(self, purpose: Purpose, of: str, text: str) -> bytes:
        """Seal `text`, which belongs to the thing with id `of`. Raises CallBusy."""
        with or_busy():
            sealed = self.kms.encrypt(KeyId=self.key, Plaintext=text.encode(), EncryptionContext=_context(purpose, of))
        return bytes(sealed["CiphertextBlob"])

    def open(self, purpose: Purpose, of: str, sealed: bytes) -> str:
        """What was sealed. Raises CallBusy."""
        with or_busy():
            opened = self.kms.decrypt(KeyId=self.key, CiphertextBlob=sealed, EncryptionContext=_context(purpose, of))
        return bytes(opened["Plaintext"]).decode()


def _context(purpose: Purpose, of: str) -> dict[str, str]:
    return {"purpose": purpose, "appointment": of}
