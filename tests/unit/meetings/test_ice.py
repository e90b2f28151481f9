"""Where browsers find a relay: none, the organisation's own, or AWS's."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from pydantic import ValidationError

from shared.meetings.calls import IceServer
from shared.meetings.ice import IceServers, NoRelay, OwnTurn, TurnEnvironment, ice_servers
from shared.meetings.kinesis import KinesisTurn
from shared.meetings.refusals import CallBusy
from tests.support.relay import CHANNEL, PARAMETER, RelayInAws

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
ALICE, TOM = "5f0c1d2e3b4a59687786950413223140", "9a8b7c6d5e4f30213243546576879809"
URLS = ("turn:turn.example.org:3478", "turns:turn.example.org:443?transport=tcp")


@pytest.fixture
def there() -> Iterator[RelayInAws]:
    """AWS, as far as relays need it."""
    there = RelayInAws()
    yield there
    assert there.guard.faults == []


def own(there: RelayInAws) -> OwnTurn:
    """The organisation's own server."""
    return OwnTurn(URLS, there.ssm(), PARAMETER)


def kinesis(there: RelayInAws) -> KinesisTurn:
    """The servers of AWS."""
    return KinesisTurn(there.kinesis_video(), there.signaling, CHANNEL)


def test_without_a_relay_a_browser_is_told_of_none() -> None:
    assert NoRelay().for_seat(ALICE, NOW) == ()


# printf '1795564800:5f0c…' | openssl dgst -sha1 -hmac SECRET -binary | base64
@pytest.mark.parametrize(
    ("secret", "seat", "username", "credential"),
    [
        ("the tea cosy knows", ALICE, f"1795564800:{ALICE}", "aGs4MK6QZiRG5g1Zlaw4YOJ0Gr0="),
        ("the tea cosy knows", TOM, f"1795564800:{TOM}", "wapwOdzt/3kygZFOJnmNqxtH1NI="),
        ("n0rth-s3cret/+=", ALICE, f"1795564800:{ALICE}", "q6+uTD2gO2RK2i3/Yn7u9xsBxJY="),
    ],
)
def test_credentials_of_ones_own_server_are_those_openssl_makes(
    there: RelayInAws, secret: str, seat: str, username: str, credential: str
) -> None:
    there.secret = secret
    assert own(there).for_seat(seat, NOW) == (IceServer(URLS, username, credential),)


def test_a_line_end_that_came_with_the_secret_does_no_harm(there: RelayInAws) -> None:
    before = own(there).for_seat(ALICE, NOW)
    there.secret += "\n"
    assert own(there).for_seat(ALICE, NOW) == before


def test_credentials_end_after_six_hours(there: RelayInAws) -> None:
    (server,) = own(there).for_seat(ALICE, NOW)
    ends = datetime.fromtimestamp(int(server.username.split(":")[0]), UTC)
    assert ends == NOW + timedelta(hours=6)


def test_the_secret_is_read_once_and_shown_nowhere(there: RelayInAws) -> None:
    servers = own(there)
    given = [servers.for_seat(seat, NOW) for seat in (ALICE, TOM, ALICE)]
    assert there.asked == ["GetParameter"]
    shown = repr(servers) + repr(given)
    assert there.secret not in shown
    assert given[0][0].credential not in shown


def test_a_secret_that_could_not_be_read_is_asked_for_again(there: RelayInAws) -> None:
    servers = own(there)
    there.failing = ("ThrottlingException", 400)
    with pytest.raises(CallBusy):
        servers.for_seat(ALICE, NOW)
    there.failing = None
    assert servers.for_seat(ALICE, NOW)


def test_the_servers_of_aws_are_those_of_the_channel(there: RelayInAws) -> None:
    host = "1.t-4e2f.kinesisvideo.eu-west-1.amazonaws.com:443"
    urls = (f"turn:{host}?transport=udp", f"turns:{host}?transport=tcp")
    assert kinesis(there).for_seat(ALICE, NOW) == (IceServer(urls, f"{ALICE}-1", "password-1"),)
    assert there.asked == ["GetSignalingChannelEndpoint", "GetIceServerConfig"]


def test_each_seat_has_credentials_of_its_own_until_shortly_before_they_end(there: RelayInAws) -> None:
    servers = kinesis(there)
    first = servers.for_seat(ALICE, NOW)
    assert servers.for_seat(TOM, NOW) != first
    assert servers.for_seat(ALICE, NOW + timedelta(seconds=239)) == first
    assert servers.for_seat(ALICE, NOW + timedelta(seconds=240)) != first
    assert there.asked == ["GetSignalingChannelEndpoint", *["GetIceServerConfig"] * 3]


def test_credentials_that_live_for_less_than_two_minutes_are_kept_for_half_of_it(there: RelayInAws) -> None:
    there.ttl = 30
    servers = kinesis(there)
    first = servers.for_seat(ALICE, NOW)
    assert servers.for_seat(ALICE, NOW + timedelta(seconds=14)) == first
    assert servers.for_seat(ALICE, NOW + timedelta(seconds=15)) != first


def test_credentials_that_have_ended_are_forgotten_and_never_shown(there: RelayInAws) -> None:
    servers = kinesis(there)
    servers.for_seat(ALICE, NOW)
    assert "password" not in repr(servers)
    servers.for_seat(TOM, NOW + timedelta(minutes=5))
    assert list(servers._given) == [TOM]


def test_while_aws_is_busy_what_a_seat_was_given_goes_on(there: RelayInAws) -> None:
    servers = kinesis(there)
    first = servers.for_seat(ALICE, NOW)
    there.failing = ("ClientLimitExceededException", 400)
    assert servers.for_seat(ALICE, NOW + timedelta(seconds=60)) == first
    with pytest.raises(CallBusy):
        servers.for_seat(TOM, NOW)


@pytest.mark.parametrize("kind", [own, kinesis])
@pytest.mark.parametrize(
    "trouble",
    [
        ("ThrottlingException", 400),
        ("ClientLimitExceededException", 400),
        ("TooManyRequests", 429),
        ("InternalServerError", 500),
        ConnectTimeoutError(endpoint_url="https://aws"),
        ReadTimeoutError(endpoint_url="https://aws"),
        EndpointConnectionError(endpoint_url="https://aws"),
    ],
)
def test_whoever_would_hide_their_address_is_asked_to_try_again_and_not_connected_without_a_relay(
    there: RelayInAws, kind: Callable[[RelayInAws], IceServers], trouble: tuple[str, int] | BaseException
) -> None:
    there.failing = trouble
    with pytest.raises(CallBusy):
        kind(there).for_seat(ALICE, NOW)


@pytest.mark.parametrize("kind", [own, kinesis])
@pytest.mark.parametrize("ours", [("AccessDeniedException", 400), ("ParameterNotFound", 400)])
def test_what_will_not_pass_by_itself_is_a_fault_and_no_refusal(
    there: RelayInAws, kind: Callable[[RelayInAws], IceServers], ours: tuple[str, int]
) -> None:
    there.failing = ours
    with pytest.raises(ClientError):
        kind(there).for_seat(ALICE, NOW)


def test_an_answer_of_aws_without_a_server_is_no_relay_either(
    there: RelayInAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(there, "_ice_servers", lambda _request: {"IceServerList": []})
    with pytest.raises(CallBusy):
        kinesis(there).for_seat(ALICE, NOW)


def test_a_deployment_chooses_by_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert isinstance(ice_servers(TurnEnvironment()), NoRelay)
    told = TurnEnvironment(
        turn_kind="static", turn_urls="turn:a.example.org, turns:b.example.org:443", turn_secret_parameter=PARAMETER
    )
    servers = ice_servers(told)
    assert isinstance(servers, OwnTurn)
    assert servers.urls == ("turn:a.example.org", "turns:b.example.org:443")
    assert isinstance(ice_servers(TurnEnvironment(turn_kind="kinesis", turn_channel_arn=CHANNEL)), KinesisTurn)


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ({"turn_kind": "static", "turn_urls": "turn:a"}, "TURN_SECRET_PARAMETER"),
        ({"turn_kind": "static", "turn_secret_parameter": PARAMETER}, "TURN_URLS"),
        ({"turn_kind": "kinesis"}, "TURN_CHANNEL_ARN"),
        ({"turn_kind": "carrier pigeon"}, "turn_kind"),
    ],
)
def test_a_deployment_that_lacks_something_fails_at_its_first_call(told: dict[str, str], lacking: str) -> None:
    with pytest.raises(ValidationError, match=lacking):
        TurnEnvironment.model_validate(told)


def test_choosing_costs_a_cold_start_neither_boto3_nor_what_is_not_chosen() -> None:
    script = (
        "import sys; from shared.meetings.ice import TurnEnvironment, ice_servers; ice_servers(TurnEnvironment()); "
        "print([name for name in ('boto3', 'shared.meetings.kinesis') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
