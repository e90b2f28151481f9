"""Amazon Chime SDK meetings for tests: a real client, answered here by something at least as strict as AWS.

Requests go through botocore's own validation and serializers and the Guard, answers through its parsers, which let
through nothing but the service model's shapes. Rules beyond the model are those the API's reference and the developer
guide document: https://docs.aws.amazon.com/chime-sdk/latest/dg/mtgs-sdk-mtgs.html
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from tests.support.clock import VirtualClock
from tests.support.service_model import AwsWouldRefuse, Guard

CONTROL_REGION = "eu-central-1"
MEDIA_REGIONS = {
    "af-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
}
# Said in the documentation of both outer ids; the service's model leaves it out.
OUTER_ID = re.compile(r"(?!aws:)[-_&@+=,(){}\[\]/«».:|'\"#a-zA-Z0-9À-ÿ\s]*", re.IGNORECASE)
WITHOUT_ANYBODY, WITH_ONE, AT_ALL = timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=24)
STATUS = {
    "BadRequestException": 400,
    "LimitExceededException": 400,
    "UnauthorizedException": 401,
    "ForbiddenException": 403,
    "NotFoundException": 404,
    "ConflictException": 409,
    "UnprocessableEntityException": 422,
    "ThrottlingException": 429,
    "ThrottledClientException": 429,  # what the developer guide says is sent instead
    "ServiceFailureException": 500,
    "ServiceUnavailableException": 503,
}


class TokenRefused(Exception):  # noqa: N818 - says what happened
    """Chime does not let this browser in: its token is of nobody, or of a meeting that is over."""


class _Refused(Exception):  # noqa: N818 - becomes an answer
    pass


@dataclass
class Attendee:
    """Somebody who may connect, and whether they have."""

    attendee_id: str
    external: str
    token: str
    capabilities: dict[str, str]
    connected: bool = False


@dataclass
class ChimeMeeting:
    """A meeting there: what it was asked for, who may come, and since when how few were there."""

    meeting_id: str
    asked: dict[str, Any]
    made_at: datetime
    fewer_since: datetime
    attendees: dict[str, Attendee] = field(default_factory=dict)
    deleted: bool = False

    @property
    def connected(self) -> int:
        """How many browsers are there."""
        return sum(attendee.connected for attendee in self.attendees.values())

    def is_over(self, now: datetime) -> bool:
        """Deleted, or ended by Chime: after five minutes with nobody, half an hour with one, a day with any number."""
        alone_for = now - self.fewer_since
        left_alone = alone_for > (WITHOUT_ANYBODY, WITH_ONE)[self.connected] if self.connected < 2 else False
        return self.deleted or left_alone or now - self.made_at > AT_ALL


@dataclass
class Chime:
    """Keeps meetings by id. `failing` holds, for each operation, the error codes its next calls are answered with.

    What becomes of a token whose meeting has ended is not documented: `remembers_ended` chooses between the ended
    meeting and a new one. `page` is how many attendees are listed at once.
    """

    clock: VirtualClock
    guard: Guard = field(default_factory=Guard)
    meetings: dict[str, ChimeMeeting] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failing: dict[str, list[str]] = field(default_factory=dict)
    remembers_ended: bool = True
    page: int = 100
    _count: int = 0

    def client(self) -> Any:
        """A client as boto3 makes it, whose calls end here. It tries once, so that no test waits."""
        once = Config(retries={"mode": "standard", "total_max_attempts": 1})
        made = boto3.client(
            "chime-sdk-meetings", CONTROL_REGION, aws_access_key_id="a", aws_secret_access_key="b", config=once
        )
        self.guard.watch(made)
        made.meta.events.register("before-send", self._answer)
        return made

    @property
    def made(self) -> list[str]:
        """The operations called so far."""
        return [operation for operation, _ in self.calls]

    def connect(self, meeting: Any, attendee: Any) -> None:
        """What the SDK in a browser does with what it was answered. Raises TokenRefused."""
        there, someone = self._someone(meeting, attendee)
        someone.connected = True
        there.fewer_since = self.clock()

    def disconnect(self, meeting: Any, attendee: Any) -> None:
        """The browser is gone. Raises TokenRefused if it had not been let in any more."""
        there, someone = self._someone(meeting, attendee)
        someone.connected = False
        there.fewer_since = self.clock()

    def _someone(self, meeting: Any, attendee: Any) -> tuple[ChimeMeeting, Attendee]:
        there = self.meetings.get(meeting["MeetingId"])
        if there is None or there.is_over(self.clock()):
            raise TokenRefused
        someone = there.attendees.get(attendee["AttendeeId"])
        if someone is None or someone.token != attendee["JoinToken"]:
            raise TokenRefused
        return there, someone

    def _answer(self, request: Any, event_name: str, **_: Any) -> AWSResponse:
        operation = event_name.rsplit(".", 1)[1]
        url = urlsplit(request.url)
        if url.hostname != f"meetings-chime.{CONTROL_REGION}.amazonaws.com":
            raise AwsWouldRefuse(f"there is no {url.hostname}")
        asked = json.loads(request.body) if request.body else {}
        asked |= dict(zip(("MeetingId", "AttendeeId"), url.path.split("/")[2::2], strict=False))
        asked |= {name: values[0] for name, values in parse_qs(url.query).items()}
        self.calls.append((operation, asked))
        if self.failing.get(operation):
            return _refused(request, self.failing[operation].pop(0))
        if operation not in _SERVING:
            raise AwsWouldRefuse(f"{operation}: the role does not allow it")
        try:
            served = _SERVING[operation](self, asked)
        except _Refused as refused:
            return _refused(request, str(refused))
        return _said(request, 201 if operation.startswith("Create") else 200 if served else 204, served)

    def _create_meeting(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["MediaRegion"] not in MEDIA_REGIONS or not OUTER_ID.fullmatch(asked["ExternalMeetingId"]):
            raise _Refused("BadRequestException")
        if asked.keys() & {"MeetingHostId", "PrimaryMeetingId", "Tags", "TenantIds", "NotificationsConfiguration"}:
            raise AwsWouldRefuse("CreateMeeting asks for more than a meeting")
        for there in self.meetings.values():
            known = there.asked["ClientRequestToken"] == asked["ClientRequestToken"]
            if known and (self.remembers_ended or not there.is_over(self.clock())):
                if there.asked != asked:
                    raise AwsWouldRefuse("a token that is used for another request: not documented")
                return {"Meeting": _meeting(there)}
        there = ChimeMeeting(self._id(), asked, self.clock(), self.clock())
        self.meetings[there.meeting_id] = there
        return {"Meeting": _meeting(there)}

    def _get_meeting(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"Meeting": _meeting(self._open(asked))}

    def _create_attendee(self, asked: dict[str, Any]) -> dict[str, Any]:
        there = self._open(asked)
        capabilities = asked.get("Capabilities", dict.fromkeys(("Audio", "Video", "Content"), "SendReceive"))
        receives = {name: how in ("SendReceive", "Receive") for name, how in capabilities.items()}
        if not OUTER_ID.fullmatch(asked["ExternalUserId"]) or (receives["Content"] and not receives["Video"]):
            raise _Refused("BadRequestException")
        for someone in there.attendees.values():
            if someone.external == asked["ExternalUserId"]:
                return {"Attendee": _attendee(someone)}
        if len(there.attendees) >= there.asked.get("MeetingFeatures", {}).get("Attendee", {}).get("MaxCount", 250):
            raise _Refused("LimitExceededException")
        someone = Attendee(self._id(), asked["ExternalUserId"], f"join-token-{self._id()}", capabilities)
        there.attendees[someone.attendee_id] = someone
        return {"Attendee": _attendee(someone)}

    def _list_attendees(self, asked: dict[str, Any]) -> dict[str, Any]:
        known = list(self._open(asked).attendees.values())
        start, most = int(asked.get("next-token", 0)), min(int(asked.get("max-results", 100)), self.page)
        more = {"NextToken": str(start + most)} if start + most < len(known) else {}
        return {"Attendees": [_attendee(someone) for someone in known[start : start + most]], **more}

    def _delete_attendee(self, asked: dict[str, Any]) -> dict[str, Any]:
        there = self._open(asked)
        if there.attendees.pop(asked["AttendeeId"], None) is None:
            raise _Refused("NotFoundException")
        there.fewer_since = self.clock()
        return {}

    def _delete_meeting(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._open(asked).deleted = True
        return {}

    def _open(self, asked: dict[str, Any]) -> ChimeMeeting:
        there = self.meetings.get(asked["MeetingId"])
        if there is None or there.is_over(self.clock()):
            raise _Refused("NotFoundException")
        return there

    def _id(self) -> str:
        self._count += 1
        return str(UUID(int=self._count))


_SERVING = {
    "CreateMeeting": Chime._create_meeting,
    "GetMeeting": Chime._get_meeting,
    "CreateAttendee": Chime._create_attendee,
    "ListAttendees": Chime._list_attendees,
    "DeleteAttendee": Chime._delete_attendee,
    "DeleteMeeting": Chime._delete_meeting,
}


def _meeting(there: ChimeMeeting) -> dict[str, Any]:
    place = f"{there.meeting_id}.m1.ec1.app.chime.aws"
    return {
        "MeetingId": there.meeting_id,
        "ExternalMeetingId": there.asked["ExternalMeetingId"],
        "MediaRegion": there.asked["MediaRegion"],
        "MediaPlacement": {
            "AudioHostUrl": f"{place}:3478",
            "AudioFallbackUrl": f"wss://haxrp.{place}:443/calls/{there.meeting_id}",
            "SignalingUrl": f"wss://signal.{place}/control/{there.meeting_id}",
            "TurnControlUrl": "https://ccp.cp.ue1.app.chime.aws/v2/turn_sessions",
            "EventIngestionUrl": "https://data.svc.ue1.ingest.chime.aws/v1/client-events",
        },
        "MeetingFeatures": there.asked.get("MeetingFeatures", {}),
        "TenantIds": [],
        "MeetingArn": f"arn:aws:chime:{CONTROL_REGION}:123456789012:meeting/{there.meeting_id}",
    }


def _attendee(someone: Attendee) -> dict[str, Any]:
    return {
        "AttendeeId": someone.attendee_id,
        "ExternalUserId": someone.external,
        "JoinToken": someone.token,
        "Capabilities": someone.capabilities,
    }


class _Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Any:
        yield self._content


def _said(request: Any, status: int, body: dict[str, Any], **headers: str) -> AWSResponse:
    content = json.dumps(body).encode() if body else b""
    return AWSResponse(request.url, status, {"content-type": "application/json", **headers}, _Body(content))


def _refused(request: Any, code: str) -> AWSResponse:
    return _said(request, STATUS[code], {"Message": "No."}, **{"x-amzn-errortype": code})
