"""Amazon Chime SDK meetings: they carry calls between more than two, and where browsers cannot reach each other.

Chime is told ids that mean nothing elsewhere: of the meeting, and of each seat. Its join tokens are answered to the
browsers they are for and kept nowhere. https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_Operations_Amazon_Chime_SDK_Meetings.html
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected

from shared.meetings.calls import ChimeCall, Joined
from shared.meetings.model import Meeting, MeetingKind
from shared.meetings.refusals import CallBusy, MeetingFull
from shared.meetings.seat import Seat

# Each of them ended before anybody could join it: that is no longer bad luck.
_GENERATIONS_AT_ONCE = 3
_TRIES_AT_ONCE = 3
_PASSING = {HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
_PAGE = 100  # the most ListAttendees gives at once

# The least pictures there can be, short of none: 1280 x 720 for faces, 1920 x 1080 for a screen that is shared.
# Browsers send less of their own accord.
_VIDEO, _CONTENT = "HD", "FHD"
_EVERYTHING = {"Audio": "SendReceive", "Video": "SendReceive", "Content": "SendReceive"}

# What `MeetingSessionConfiguration` of amazon-chime-sdk-js reads, but for two: where browsers would send Amazon reports
# about themselves (EventIngestionUrl), and the outer name of the meeting, which they have no use for.
_FOR_BROWSERS: Mapping[str, tuple[str, ...]] = {
    "Meeting": ("MeetingId",),
    "MediaPlacement": ("AudioHostUrl", "SignalingUrl", "TurnControlUrl"),
    "Attendee": ("AttendeeId", "ExternalUserId", "JoinToken"),
}


@dataclass(frozen=True)
class ChimeCalls:
    """Calls by Chime. Implements `shared.meetings.calls.Calls`.

    `client` is boto3's of `chime-sdk-meetings` in a Region that has its API; `media_region` is where sound and pictures
    travel through. `places` says how many a meeting of each kind may hold: 2 to 250.
    """

    client: Any
    media_region: str
    places: Mapping[MeetingKind, int]

    def join(self, meeting: Meeting, seat: Seat, now: datetime) -> Joined:  # noqa: ARG002 - Chime has its own clock
        """What `seat` needs, once there are two in the call: Chime bills from the first who connects.

        Chime ends a meeting after five minutes without anybody, half an hour with one, or a day; then the next of its
        kind is made, and the meeting that is returned says which. Raises CallBusy, in which case nothing is lost and a
        repeat is safe, and MeetingFull.
        """
        if sum(other.in_call for other in meeting.seats) < 2:
            return Joined(meeting, None)
        with _refusing():
            made = self._made(meeting)
            for _ in range(_GENERATIONS_AT_ONCE):
                if made is None:
                    meeting, made = self._next(meeting)
                attendee = self._attendee(meeting, seat)
                if attendee is not None:
                    return Joined(meeting, _for_browser(made, attendee))
                made = None
        raise CallBusy

    def remove(self, meeting: Meeting, seat: Seat) -> None:
        """Take `seat` out of the call; its join token no longer works. Raises CallBusy."""
        if not meeting.provider_id:
            return
        with _refusing(), _unless_gone():
            for attendee_id in list(self._attendees_of(meeting, seat)):
                with _unless_gone():
                    self.client.delete_attendee(MeetingId=meeting.provider_id, AttendeeId=attendee_id)

    def end(self, meeting: Meeting) -> None:
        """End the call for everybody. All join tokens cease to work. Raises CallBusy."""
        if meeting.provider_id:
            with _refusing(), _unless_gone():
                self.client.delete_meeting(MeetingId=meeting.provider_id)

    def _made(self, meeting: Meeting) -> Mapping[str, Any] | None:
        if meeting.provider_id:
            with _unless_gone():
                return _part(self.client.get_meeting(MeetingId=meeting.provider_id), "Meeting")
        return None

    def _next(self, meeting: Meeting) -> tuple[Meeting, Mapping[str, Any]]:
        """The next generation. Who asks at the same time, or again since our answer was lost, is given the same."""
        generation = meeting.generation + 1
        made = self._create(
            ClientRequestToken=f"{meeting.id}-{generation}",
            ExternalMeetingId=meeting.id,
            MediaRegion=self.media_region,
            MeetingFeatures={
                "Video": {"MaxResolution": _VIDEO},
                "Content": {"MaxResolution": _CONTENT},
                "Attendee": {"MaxCount": self.places[meeting.kind]},
            },
        )
        return replace(meeting, provider_id=made["MeetingId"], generation=generation), made

    def _create(self, **request: Any) -> Mapping[str, Any]:
        tries = 1
        while True:
            try:
                return _part(self.client.create_meeting(**request), "Meeting")
            except ClientError as error:
                # Somebody's same request is being served at this moment; it is for both of them.
                if _status(error) != HTTPStatus.CONFLICT or tries == _TRIES_AT_ONCE:
                    raise
            tries += 1

    def _attendee(self, meeting: Meeting, seat: Seat) -> Mapping[str, Any] | None:
        """The seat's attendee, the same at each call until it is removed. None: the meeting has ended."""
        with _unless_gone():
            try:
                asked = {"MeetingId": meeting.provider_id, "ExternalUserId": seat.id, "Capabilities": _EVERYTHING}
                return _part(self.client.create_attendee(**asked), "Attendee")
            except ClientError as error:
                if error.response["Error"]["Code"] == "LimitExceededException":
                    raise MeetingFull from error
                raise
        return None

    def _attendees_of(self, meeting: Meeting, seat: Seat) -> Iterator[str]:
        asked = {"MeetingId": meeting.provider_id, "MaxResults": _PAGE}
        while True:
            page = self.client.list_attendees(**asked)
            yield from (one["AttendeeId"] for one in page["Attendees"] if one["ExternalUserId"] == seat.id)
            if not page.get("NextToken"):
                return
            asked["NextToken"] = page["NextToken"]


@contextmanager
def _refusing() -> Iterator[None]:
    """Says CallBusy where Chime is throttled, out of order, or at the account's limit. Other errors pass."""
    try:
        yield
    except (NotConnected, HTTPClientError) as error:
        raise CallBusy from error
    except ClientError as error:
        limited = error.response["Error"]["Code"] == "LimitExceededException"
        if limited or _status(error) in _PASSING or _status(error) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise CallBusy from error
        raise


@contextmanager
def _unless_gone() -> Iterator[None]:
    """Lets pass that meeting or attendee are no more. Of one that has just ended Chime may also say 422."""
    try:
        yield
    except ClientError as error:
        if _status(error) not in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise


def _status(error: ClientError) -> int:
    """The HTTP status, which the service's model fixes for each error; the codes are not always the documented ones."""
    return error.response["ResponseMetadata"]["HTTPStatusCode"]


def _part(response: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part: Mapping[str, Any] = response[name]
    return part


def _for_browser(meeting: Mapping[str, Any], attendee: Mapping[str, Any]) -> ChimeCall:
    limits = meeting.get("MeetingFeatures", {})
    return ChimeCall(
        meeting={
            **_only("Meeting", meeting),
            "MediaPlacement": _only("MediaPlacement", meeting["MediaPlacement"]),
            "MeetingFeatures": {name: dict(limits[name]) for name in ("Video", "Content") if name in limits},
        },
        attendee=_only("Attendee", attendee),
    )


def _only(shape: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in _FOR_BROWSERS[shape] if name in given}
