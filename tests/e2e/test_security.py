"""What a stranger, a curious client and a lost token can not do."""

import re

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import APIRequestContext, Page

from infra.headers import SECURITY_HEADERS
from local import aws
from local.places import Places
from local.visitor import Visitor
from tests.e2e.cast import PASSWORD, Cast, Member
from tests.e2e.client import Client
from tests.e2e.running import Running
from tests.e2e.visits import Visits


def bearer(token: str) -> dict[str, str]:
    """The header that carries it."""
    return {"authorization": f"Bearer {token}"}


def token_of(visitor: APIRequestContext) -> dict[str, str]:
    """The header with a fresh access token of whoever is signed in."""
    return bearer(visitor.post("/api/auth/refresh", data={}).json()["access_token"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/help.html",
        "/help.ar.html",
        "/account",
        "/staff/agenda",
        "/config.json",
        "/sw.js",
        "/api/me",
        "/nothing.js",
    ],
)
def test_every_answer_carries_the_security_headers(sam: Page, path: str) -> None:
    headers = sam.context.request.get(path).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers


def test_pages_are_asked_for_again_and_hashed_files_never(sam: Page) -> None:
    page = sam.context.request.get("/")
    assert page.headers["cache-control"] == "no-cache"
    script = re.search(r'src="(/assets/[^"]+)"', page.text())
    assert script
    assert "immutable" in sam.context.request.get(script[1]).headers["cache-control"]


def test_nothing_the_api_says_about_a_person_is_kept_by_a_cache(visits: Visits, regular: Member) -> None:
    http = visits.client(regular).context.request
    answer = http.get("/api/me", headers=token_of(http))
    assert answer.ok
    assert "no-store" in answer.headers["cache-control"]


def test_the_sign_in_is_a_cookie_that_scripts_and_other_sites_never_see(
    visits: Visits, running: Running, regular: Member
) -> None:
    page = visits.client(regular)
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert cookie["path"].startswith("/api/auth")
    page.goto("/account")
    Client(page).sees("Your account")
    assert page.evaluate("document.cookie") == ""

    # The laptop's gateway drops Secure, which plain http would not survive; the function says it.
    behind = httpx.post(
        running.api + "/api/auth/sign-in",
        json={"handle": regular.handle, "password": PASSWORD},
        headers={"x-origin-key": running.outputs["OriginKey"], "x-viewer-address": "127.0.0.1"},
    )
    said = behind.headers["set-cookie"]
    assert all(f"; {flag}" in said for flag in ("HttpOnly", "Secure", "SameSite=Strict")), said


def test_no_token_is_kept_where_another_script_or_person_could_find_it(visits: Visits, regular: Member) -> None:
    page = visits.client(regular)
    page.goto("/account")
    Client(page).sees("Your account")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "ey" not in kept  # how every token begins
    assert regular.handle not in kept


def test_an_access_token_is_worth_nothing_at_the_other_pools_api(visits: Visits, cast: Cast, regular: Member) -> None:
    http = visits.client(regular).context.request
    of_a_client = token_of(http)
    assert http.get("/api/me", headers=of_a_client).status == 200
    assert http.get("/api/staff/me", headers=of_a_client).status == 401
    assert http.get("/api/staff/people", headers=of_a_client).status == 401

    of_ada = bearer(staff_token(cast.ada))
    assert http.get("/api/staff/me", headers=of_ada).status == 200
    assert http.get("/api/me", headers=of_ada).status == 401


def staff_token(visitor: Visitor) -> str:
    """What the visitor's requests carry."""
    sent = visitor.ask("GET", "/api/staff/me").request.headers["authorization"]
    return sent.removeprefix("Bearer ")


def test_an_id_token_does_not_pass_for_an_access_token(running: Running, regular: Member, visits: Visits) -> None:
    http = visits.client(regular).context.request
    person = http.get("/api/me", headers=token_of(http)).json()
    tokens = aws.client(Places(*running), "cognito-idp").admin_initiate_auth(
        UserPoolId=running.outputs["MemberPoolId"],
        ClientId=running.outputs["MemberClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person["id"], "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    assert http.get("/api/me", headers=bearer(tokens["IdToken"])).status in {401, 403}
    # Nor does a token that was never given out here, by a sign-in we do not know of.
    assert http.get("/api/me", headers=bearer(tokens["AccessToken"])).status == 401


def test_a_signed_out_token_ends_at_once(visits: Visits, cast: Cast) -> None:
    http = visits.client(cast.client("Europe/Lisbon")).context.request
    token = token_of(http)
    assert http.get("/api/me", headers=token).status == 200
    assert http.post("/api/auth/sign-out", data={}, headers=token).status == 204
    assert http.get("/api/me", headers=token).status == 401
    assert http.post("/api/auth/refresh", data={}).status == 401


@pytest.mark.parametrize("key", [{}, {"x-origin-key": "guessed"}])
def test_the_api_behind_the_gateway_is_closed_to_whoever_finds_its_address(
    running: Running, key: dict[str, str]
) -> None:
    challenge = running.api + "/api/registration-challenge"
    assert httpx.get(challenge, headers=key).status_code == 403
    right = {"x-origin-key": running.outputs["OriginKey"], "x-viewer-address": "127.0.0.1"}
    assert httpx.get(challenge, headers=right).status_code == 200


def test_the_emulator_asks_for_permission_as_aws_would(running: Running) -> None:
    stranger = boto3.client(
        "dynamodb",
        endpoint_url=Places(*running).emulator,
        region_name="us-east-1",
        aws_access_key_id="AKIASTRANGER",
        aws_secret_access_key="guessed",
    )
    with pytest.raises(ClientError, match="token"):
        stranger.scan(TableName=running.outputs["PeopleTable"])
