"""Requests to `@connections` carry the signature that botocore's own signer gives them."""

from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import botocore.auth
import botocore.credentials
import pytest
import time_machine
from botocore.awsrequest import AWSRequest
from hypothesis import given
from hypothesis import strategies as st

from shared.sigv4 import Credentials, Signer, from_environment

AT = datetime(2026, 11, 24, 18, 0, 1, tzinfo=UTC)
KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
ROLE = KEYS._replace(token="IQoJb3JpZ2luX2VjE+/w==")

# As API Gateway makes them, and as nobody would.
names = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{12,15}=", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda name: name.strip(".")),
)
endpoints = st.sampled_from(
    [
        "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/live",
        "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
        "https://live.example.org:8443/live",
        "http://localhost:4566/_aws/execute-api/a1b2c3d4e5/live",
    ]
)


def botocores(endpoint: str, method: str, name: str, body: bytes, credentials: Credentials) -> str:
    url = f"{endpoint}/@connections/{quote(name, safe='-_.~')}"
    request = AWSRequest(method=method, url=url, data=body)
    keys = botocore.credentials.Credentials(credentials.access_key, credentials.secret_key, credentials.token or None)
    with time_machine.travel(AT, tick=False):
        botocore.auth.SigV4Auth(keys, "execute-api", "eu-west-1").add_auth(request)
    return str(request.headers["Authorization"])


def ours(endpoint: str, method: str, name: str, body: bytes, credentials: Credentials) -> tuple[str, dict[str, str]]:
    address = urlsplit(endpoint)
    signer = Signer(credentials, "eu-west-1", "execute-api", address.netloc, AT)
    request = signer.requests(method, f"{address.path}/@connections/", body)(name)
    head, _, sent = request.partition(b"\r\n\r\n")
    assert sent == body
    first, *lines = head.decode().split("\r\n")
    return first, dict(line.split(":", 1) for line in lines)


@given(endpoints, st.sampled_from(["POST", "DELETE"]), names, st.binary(max_size=100), st.sampled_from([KEYS, ROLE]))
def test_the_signature_is_botocores(
    endpoint: str, method: str, name: str, body: bytes, credentials: Credentials
) -> None:
    _, headers = ours(endpoint, method, name, body, credentials)

    assert headers["authorization"] == botocores(endpoint, method, name, body, credentials)


@given(endpoints, names, st.binary(max_size=100), st.sampled_from([KEYS, ROLE]))
def test_the_request_says_what_was_signed(endpoint: str, name: str, body: bytes, credentials: Credentials) -> None:
    first, headers = ours(endpoint, "POST", name, body, credentials)

    assert first == f"POST {urlsplit(endpoint).path}/@connections/{quote(name, safe='-_.~')} HTTP/1.1"
    assert headers["host"] == urlsplit(endpoint).netloc
    assert headers["x-amz-date"] == "20261124T180001Z"
    assert headers["content-length"] == str(len(body))
    assert headers.get("x-amz-security-token", "") == credentials.token


@pytest.mark.parametrize(
    "other",
    [
        {"credentials": KEYS._replace(secret_key="another")},
        {"region": "us-east-1"},
        {"service": "sqs"},
        {"at": datetime(2026, 11, 25, 18, 0, 1, tzinfo=UTC)},
    ],
)
def test_a_remembered_key_is_used_for_what_it_was_made_for_only(other: dict[str, object]) -> None:
    signer = Signer(KEYS, "eu-west-1", "execute-api", "live.example.org", AT)
    before = signer.requests("POST", "/", b"")("x")

    signer._replace(**other).requests("POST", "/", b"")("x")

    assert signer.requests("POST", "/", b"")("x") == before
    assert signer._replace(**other).requests("POST", "/", b"")("x") != before


def test_the_credentials_are_those_the_environment_holds_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "first")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    assert from_environment() == Credentials("first", "secret", "")

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "second")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    assert from_environment() == Credentials("second", "secret", "token")
