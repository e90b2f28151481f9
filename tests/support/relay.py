"""SSM and Kinesis Video Streams for tests: real clients, answered here by something at least as strict as AWS."""

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import boto3

from tests.support.service_model import AwsWouldRefuse, Guard

CHANNEL = "arn:aws:kinesisvideo:eu-west-1:123456789012:channel/Hearthline-Turn/1795000000000"
ENDPOINT = "https://r-4e2f.kinesisvideo.eu-west-1.amazonaws.com"
PARAMETER = "/hearthline/turn-secret"


class _Http(NamedTuple):
    status_code: int


@dataclass
class RelayInAws:
    """Answers the calls that relays need, counts them by operation, and fails with `failing` while that is set."""

    secret: str = "the tea cosy knows"
    ttl: int = 300
    guard: Guard = field(default_factory=Guard)
    asked: list[str] = field(default_factory=list)
    failing: tuple[str, int] | BaseException | None = None

    def ssm(self) -> Any:
        """A client as boto3 makes it, whose calls end here."""
        return self._client("ssm", None)

    def kinesis_video(self) -> Any:
        """The same of Kinesis Video Streams."""
        return self._client("kinesisvideo", None)

    def signaling(self, endpoint: str) -> Any:
        """The same of the channel's endpoint, which has to be the one that was answered."""
        if endpoint != ENDPOINT:
            raise AwsWouldRefuse(f"no such host: {endpoint}")
        return self._client("kinesis-video-signaling", endpoint)

    def _client(self, service: str, endpoint: str | None) -> Any:
        made = boto3.client(
            service,
            endpoint_url=endpoint,
            region_name="eu-west-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
        )
        self.guard.watch(made)
        made.meta.events.register_last("before-call", self._answer)
        return made

    def _answer(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
        self.asked.append(model.name)
        if isinstance(self.failing, BaseException):
            raise self.failing
        if self.failing:
            code, status = self.failing
            answer = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
            return _Http(status), answer
        answers = {
            "GetParameter": self._parameter,
            "GetSignalingChannelEndpoint": self._endpoint,
            "GetIceServerConfig": self._ice_servers,
        }
        return _Http(200), answers[model.name](json.loads(params["body"]))

    def _parameter(self, request: dict[str, Any]) -> dict[str, Any]:
        if request != {"Name": PARAMETER, "WithDecryption": True}:
            raise AwsWouldRefuse(f"GetParameter says {request}")
        return {"Parameter": {"Name": PARAMETER, "Type": "SecureString", "Value": self.secret, "Version": 1}}

    def _endpoint(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["ChannelARN"] != CHANNEL:
            raise AwsWouldRefuse("the role allows one channel")
        protocols = request["SingleMasterChannelEndpointConfiguration"]["Protocols"]
        return {"ResourceEndpointList": [{"Protocol": one, "ResourceEndpoint": ENDPOINT} for one in protocols]}

    def _ice_servers(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["ChannelARN"] != CHANNEL:
            raise AwsWouldRefuse("the role allows one channel")
        number = self.asked.count("GetIceServerConfig")
        host = f"{number}.t-4e2f.kinesisvideo.eu-west-1.amazonaws.com:443"
        return {
            "IceServerList": [
                {
                    "Uris": [f"turn:{host}?transport=udp", f"turns:{host}?transport=tcp"],
                    "Username": f"{request['ClientId']}-{number}",
                    "Password": f"password-{number}",
                    "Ttl": self.ttl,
                }
            ]
        }
