"""Where browsers find a relay for calls they connect themselves, and with which credentials."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal, Protocol

from pydantic import model_validator

from shared import aws
from shared.clock import epoch
from shared.config import Environment
from shared.meetings.calling import or_busy
from shared.meetings.calls import IceServer

LIVES = timedelta(hours=6)  # longer than any meeting: coturn asks again when a call changes its network


class IceServers(Protocol):
    """The relay of this deployment, if it has one."""

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:
        """What the browser in this seat may use from `now` on; empty where there is no relay.

        Raises CallBusy while the relay's credentials cannot be had. It never answers without the relay instead:
        whoever asked to hide their address must not lose that without a word.
        """


class TurnEnvironment(Environment):
    """What a function is told of the relay: nothing that is secret."""

    turn_kind: Literal["none", "static", "kinesis"] = "none"
    turn_urls: str = ""
    """Separated by commas."""
    turn_secret_parameter: str = ""
    turn_channel_arn: str = ""

    @model_validator(mode="after")
    def _complete(self) -> "TurnEnvironment":
        needed = {
            "none": (),
            "static": ("turn_urls", "turn_secret_parameter"),
            "kinesis": ("turn_channel_arn",),
        }[self.turn_kind]
        lacking = [name.upper() for name in needed if not getattr(self, name)]
        if lacking:
            raise ValueError(f"TURN_KIND {self.turn_kind} also needs {', '.join(lacking)}")
        return self


class NoRelay:
    """Browsers reach each other directly or not at all."""

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:  # noqa: ARG002 - the interface
        """Nothing."""
        return ()


class Parameters(Protocol):
    """What is used of the client of SSM."""

    def get_parameter(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html"""


@dataclass(frozen=True)
class OwnTurn:
    """A TURN server of the organisation's own, which shares a secret with us and knows nobody.

    Credentials are those of draft-uberti-behave-turn-rest-00, section 2.2, which coturn takes with `use-auth-secret`.
    The secret is read from SSM once per process.
    """

    urls: tuple[str, ...]
    parameters: Parameters
    secret_parameter: str

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:
        """Credentials for this seat alone, which end after `LIVES`."""
        username = f"{epoch(now + LIVES)}:{seat_id}"
        signed = hmac.digest(self._secret, username.encode(), hashlib.sha1)
        return (IceServer(self.urls, username, base64.b64encode(signed).decode()),)

    @cached_property
    def _secret(self) -> bytes:
        with or_busy():
            answer = self.parameters.get_parameter(Name=self.secret_parameter, WithDecryption=True)
        return str(answer["Parameter"]["Value"]).strip().encode()


def ice_servers(told: TurnEnvironment) -> IceServers:
    """The relay this deployment has. To be made once per process: it keeps what it was given."""
    if told.turn_kind == "kinesis":
        from shared.meetings.kinesis import KinesisTurn

        return KinesisTurn(aws.kinesis_video(), aws.signaling, told.turn_channel_arn)
    if told.turn_kind == "static":
        urls = tuple(url.strip() for url in told.turn_urls.split(","))
        return OwnTurn(urls, aws.ssm(), told.turn_secret_parameter)
    return NoRelay()
