"""Where the key for push messages is kept: in SSM, as a SecureString. It is made once and never replaced.

Browsers subscribe for one key. If it changed, not one of them would take another message.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric import ec

from shared.reminders.vapid import key_of, new_key, private_text


class Parameters(Protocol):
    """What is used of the client of SSM."""

    def get_parameter(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html"""

    def put_parameter(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"""


@dataclass(frozen=True)
class PushKey:
    """The key in the parameter called `name`."""

    parameters: Parameters
    name: str

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """The key, read once per process. Raises ClientError when it cannot be had."""
        answer = self.parameters.get_parameter(Name=self.name, WithDecryption=True)
        return key_of(answer["Parameter"]["Value"])

    def made(self) -> ec.EllipticCurvePrivateKey:
        """The key; it is made now if there is none yet. Whoever makes it at the same time gets the same."""
        fresh = new_key()
        try:
            self.parameters.put_parameter(
                Name=self.name,
                Value=private_text(fresh),
                Type="SecureString",
                Overwrite=False,
                Description="Signs Hearthline's push messages. Whoever changes it ends everybody's subscription.",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ParameterAlreadyExists":
                raise
            return self.key
        return fresh
