"""Kinesis Video Streams as a relay: TURN servers of AWS, in the organisation's own account and region.

Only its TURN is used. Nothing of a call is stored there, and our own socket carries the signals.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from shared.meetings.calling import or_busy
from shared.meetings.calls import IceServer
from shared.meetings.refusals import CallBusy

_ENDS_SOON = timedelta(minutes=1)  # what is handed out is good for at least so long, if AWS gave so long


class Channels(Protocol):
    """What is used of the client of Kinesis Video Streams."""

    def get_signaling_channel_endpoint(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/API_GetSignalingChannelEndpoint.html"""


class Signaling(Protocol):
    """What is used of the client of a channel's own endpoint."""

    def get_ice_server_config(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/API_signaling_GetIceServerConfig.html"""


@dataclass(frozen=True)
class _Given:
    servers: tuple[IceServer, ...]
    good_until: datetime


@dataclass(frozen=True)
class KinesisTurn:
    """The TURN servers of one signaling channel. `signaling` makes the client of an endpoint."""

    channels: Channels
    signaling: Callable[[str], Signaling]
    channel_arn: str
    _given: dict[str, _Given] = field(default_factory=dict, repr=False)

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:
        """Credentials for this seat alone: those it was given before while they last, since AWS gives five a second.

        Raises CallBusy.
        """
        for seat, given in list(self._given.items()):
            if now >= given.good_until:
                del self._given[seat]
        if seat_id not in self._given:
            self._given[seat_id] = self._ask(seat_id, now)
        return self._given[seat_id].servers

    def _ask(self, seat_id: str, now: datetime) -> _Given:
        with or_busy():
            answer = self._endpoint.get_ice_server_config(ChannelARN=self.channel_arn, ClientId=seat_id, Service="TURN")
        found = answer["IceServerList"]
        if not found:
            raise CallBusy
        servers = tuple(IceServer(tuple(one["Uris"]), one["Username"], one["Password"]) for one in found)
        lives = timedelta(seconds=min(one["Ttl"] for one in found))
        return _Given(servers, now + max(lives - _ENDS_SOON, lives / 2))

    @cached_property
    def _endpoint(self) -> Signaling:
        with or_busy():
            answer = self.channels.get_signaling_channel_endpoint(
                ChannelARN=self.channel_arn,
                SingleMasterChannelEndpointConfiguration={"Protocols": ["HTTPS"], "Role": "VIEWER"},
            )
        (found,) = answer["ResourceEndpointList"]
        return self.signaling(found["ResourceEndpoint"])
