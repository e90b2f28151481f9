"""Starting, stopping and starting again, as a person does it."""

import re
import socket

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from infra.headers import SECURITY_HEADERS
from local.preflight import in_use
from tests.e2e.cast import Cast
from tests.e2e.running import Running, fresh, shared
from tests.e2e.waiting import held_for


def _client_of(said: str) -> str:
    found = re.search(r"^ {2}([a-z]+-[a-z]+-\d+)$", said, re.MULTILINE)
    assert found, said
    return found[1]


def _started(copy: Running) -> Running:
    first = copy.command("start", "--background")
    assert first.code == 0, first.said
    return copy


@pytest.mark.ends_it
def test_a_second_start_makes_nothing_again_and_keeps_everyone(tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = shared() or _started(fresh(tmp_path_factory.mktemp("twice")))
    before = copy.said
    assert copy.command("stop").code == 0
    assert not in_use(copy.port)
    assert not in_use(copy.emulator_port)
    second = copy.command("start", "--background")
    try:
        assert second.code == 0, second.said
        assert re.search(r"Build the site +unchanged", second.said)
        assert re.search(r"Deploy the stack +unchanged", second.said)
        # Four seconds on an idle machine, and twenty promised; this only says that it waits for nothing.
        assert second.seconds < 90
        assert _client_of(second.said) == _client_of(before)
        with Cast(copy) as cast:
            assert held_for(cast.signed_in(cast.client("Europe/London")), cast), "nothing follows from what is written"
    finally:
        cleaned = copy.command("clean")
    assert cleaned.code == 0, cleaned.said
    assert not copy.state.exists()


def test_a_taken_port_ends_the_start_with_one_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = fresh(tmp_path_factory.mktemp("taken"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", copy.port))
        listener.listen()
        refused = copy.command("start")
    assert refused.code == 1
    assert f"Port {copy.port}, meant for the site, is taken" in refused.said
    assert "Traceback" not in refused.said
    assert not in_use(copy.emulator_port)


def test_everything_listens_on_loopback_alone(running: Running) -> None:
    for port in (running.port, running.emulator_port):
        assert in_use(port)
        with socket.socket() as outside, pytest.raises(OSError, match="refused"):
            outside.settimeout(1)
            outside.connect((_outward_address(), port))


def test_the_site_and_both_apis_are_on_one_origin_with_all_security_headers(running: Running) -> None:
    with httpx.Client(base_url=running.address.replace("localhost", "127.0.0.1")) as browser:
        home = browser.get("/")
        deep = browser.get("/appointments/1234")
        public = browser.get("/api/registration-challenge")
        refused = browser.get("/api/me")
        missing = browser.get("/assets/none.js")
    assert home.status_code == deep.status_code == public.status_code == 200
    assert home.content == deep.content
    assert home.headers["cache-control"] == "no-cache"
    assert refused.status_code == 401
    assert missing.status_code in (403, 404)  # the emulator does not ask whether CloudFront may list the bucket
    for answer in (home, public, refused, missing):
        assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_the_api_answers_nobody_who_comes_past_cloudfront(running: Running) -> None:
    api = f"http://127.0.0.1:{running.emulator_port}/_aws/execute-api/{running.outputs['HttpApiId']}/$default"
    assert httpx.get(f"{api}/api/registration-challenge").status_code in (403, 404)


def test_a_function_is_refused_what_its_role_does_not_allow(running: Running) -> None:
    def table(name: str) -> None:
        sts = _aws(running, "sts")
        role = _aws(running, "lambda").get_function(FunctionName=running.outputs["LiveFunction"])["Configuration"][
            "Role"
        ]
        keys = sts.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
        dynamodb = boto3.client(
            "dynamodb",
            endpoint_url=f"http://127.0.0.1:{running.emulator_port}",
            region_name="us-east-1",
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )
        key = {"pk": {"S": "nobody"}, "sk": {"S": "nothing"}}
        dynamodb.get_item(TableName=running.outputs[name], Key=key)

    table("RoomsTable")
    with pytest.raises(ClientError, match="AccessDenied"):
        table("AuditTable")


def _aws(running: Running, service: str):
    return boto3.client(service, endpoint_url=f"http://127.0.0.1:{running.emulator_port}", region_name="us-east-1")


def _outward_address() -> str:
    """An address of this machine that is not loopback, or one that certainly is nobody's."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.2"
