"""How meetings are shown to those who may come to them."""

from datetime import datetime
from typing import Any, Literal

from functions.call import View
from functions.circle_views import CircleView
from shared.appointments.model import Mode
from shared.meetings.calls import ChimeCall, PeerCall
from shared.meetings.model import Because, Ending, MeetingKind, Provider
from shared.meetings.seat import Seat, SeatRole, SeatStatus
from shared.meetings.seen import Seen


class SeatView(View):
    """Somebody in the meeting. `present`: their page keeps the seat; `device`: which page of the caller's that is."""

    id: str
    role: SeatRole
    name: str
    member_id: str
    status: SeatStatus
    mode: Mode
    present: bool
    in_call: bool
    number: int
    arrived_at: datetime
    device: str


class NoticeView(View):
    """The counselor said so at `at`."""

    at: datetime
    expected_at: datetime


class MeetingView(View):
    """A meeting. `version` is 0 before anybody came. Whoever is not let in yet sees the hosts alone.

    The delays are minutes: how late the two have said they come to an appointment. `because` says why the call goes
    directly between browsers where usually it would not.
    """

    id: str
    kind: MeetingKind
    of: str
    mode: Mode
    start: datetime | None
    end: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    client_delay: int | None
    counselor_delay: int | None
    now: datetime
    version: int
    provider: Provider | None
    because: Because | None
    you: SeatView | None
    others: list[SeatView]
    notice: NoticeView | None
    started_at: datetime | None
    ended_at: datetime | None
    ended_because: Ending | None
    circle: CircleView | None

    @classmethod
    def of_seen(cls, seen: Seen, now: datetime) -> "MeetingView":
        """The meeting, to somebody who may come."""
        meeting, occasion = seen.meeting, seen.occasion
        own = meeting.seat_of(seen.person_id)
        sees_all = occasion.role.hosts or (own is not None and own.status is SeatStatus.ADMITTED)
        others = [seat for seat in meeting.seats if seat is not own and (sees_all or seat.role.hosts)]
        notice = meeting.notice
        return cls(
            id=meeting.id,
            kind=meeting.kind,
            of=meeting.of,
            mode=occasion.mode,
            start=occasion.start,
            end=occasion.end,
            opens_at=occasion.opens_at,
            closes_at=occasion.closes_at,
            client_delay=occasion.client_delay,
            counselor_delay=occasion.counselor_delay,
            now=now,
            version=meeting.version,
            provider=meeting.provider,
            because=meeting.because,
            you=_seat(seen, own, now, own.device) if own else None,
            others=[_seat(seen, seat, now) for seat in others],
            notice=NoticeView(at=notice.at, expected_at=notice.expected_at) if notice else None,
            started_at=meeting.started_at,
            ended_at=meeting.ended_at,
            ended_because=meeting.ended_because,
            circle=CircleView.of(meeting.circle, own.id if own else "", inside=sees_all, hosts=occasion.role.hosts)
            if meeting.circle
            else None,
        )


class IceServerView(View):
    """RTCIceServer (W3C WebRTC, 4.2.4)."""

    urls: list[str]
    username: str
    credential: str


class PeerCallView(View):
    """What the browser needs to reach the others. `relay`: whether it can hide its address behind a server."""

    provider: Literal[Provider.PEER] = Provider.PEER
    ice_servers: list[IceServerView]
    relay: bool


class ChimeCallView(View):
    """The structures `Meeting` and `Attendee` of the Amazon Chime SDK, for its client in the browser."""

    provider: Literal[Provider.CHIME] = Provider.CHIME
    meeting: dict[str, Any]
    attendee: dict[str, Any]


class KeptView(View):
    """The meeting, and what the browser needs for the call: nothing while there is nobody to talk to."""

    meeting: MeetingView
    call: PeerCallView | ChimeCallView | None


def call_view(call: PeerCall | ChimeCall | None) -> PeerCallView | ChimeCallView | None:
    """What the browser needs. It holds secrets: it is answered, and remembered nowhere."""
    if isinstance(call, ChimeCall):
        return ChimeCallView(meeting=dict(call.meeting), attendee=dict(call.attendee))
    if isinstance(call, PeerCall):
        servers = [
            IceServerView(urls=list(server.urls), username=server.username, credential=server.credential)
            for server in call.ice_servers
        ]
        relay = any(url.startswith(("turn:", "turns:")) for server in servers for url in server.urls)
        return PeerCallView(ice_servers=servers, relay=relay)
    return None


def _seat(seen: Seen, seat: Seat, now: datetime, device: str = "") -> SeatView:
    return SeatView(
        id=seat.id,
        role=seat.role,
        name=seat.name,
        member_id=seat.member_id,
        status=seat.status,
        mode=seat.mode,
        present=seen.gathered.is_there(seat, now),
        in_call=seat.in_call,
        number=seat.number,
        arrived_at=seat.arrived_at,
        device=device,
    )
