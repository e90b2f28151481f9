"""Where the pool demands a second factor, as it does in AWS. MiniStack never asks to set one up: here a script does.

The script is held against Cognito's service model, requests and responses alike, by botocore's own Stubber.
"""

import base64
import json
from collections.abc import Iterator

import pytest
from botocore.stub import ANY, Stubber

from tests.support.cast import StaffMember, staff_answer, staff_sign_in
from tests.support.site import Site, aws_client

_SESSION, _NEXT, _LAST = "first-session-of-cognito", "second-session-of-cognito", "third-session-of-cognito"
_SECRET = "JBSWY3DPEHPK3PXP" * 2


@pytest.fixture
def cognito(site: Site, tom: StaffMember) -> Iterator[Stubber]:
    """Cognito from now on."""
    client = aws_client("cognito-idp", "http://127.0.0.1:1")
    site.guard.watch(client)
    site.cognito = client
    site.start()
    with Stubber(client) as script:
        yield script
        script.assert_no_pending_responses()


def test_the_first_sign_in_sets_up_an_authenticator_and_shows_it_from_then_on(
    site: Site, tom: StaffMember, cognito: Stubber
) -> None:
    pool = {"UserPoolId": site.staff.id, "ClientId": site.staff.client_id}
    cognito.add_response(
        "admin_initiate_auth",
        {"ChallengeName": "MFA_SETUP", "Session": _SESSION, "ChallengeParameters": {}},
        {**pool, "AuthFlow": ANY, "AuthParameters": {"USERNAME": tom.id, "PASSWORD": tom.password}},
    )
    cognito.add_response("associate_software_token", {"SecretCode": _SECRET, "Session": _NEXT}, {"Session": _SESSION})
    cognito.add_response(
        "verify_software_token", {"Status": "SUCCESS", "Session": _LAST}, {"Session": _NEXT, "UserCode": "123456"}
    )
    cognito.add_response(
        "admin_respond_to_auth_challenge",
        {"AuthenticationResult": {"AccessToken": token(site, tom), "RefreshToken": "refresh", "ExpiresIn": 900}},
        {**pool, "ChallengeName": "MFA_SETUP", "Session": _LAST, "ChallengeResponses": {"USERNAME": tom.id}},
    )
    browser = site.browser()

    step = staff_sign_in(browser, tom.email, tom.password)
    assert step.json["challenge"] == "totp_setup"
    assert step.json["secret"] == _SECRET
    assert step.json["otpauth"].startswith("otpauth://totp/Hearthline:tom%40lighthouse.example?secret=")
    signed_in = staff_answer(browser, tom.email, step.json, "123456")

    assert signed_in.json["person"]["second_factor"] is True
    assert browser.get("/api/staff/me").json["second_factor"] is True


def test_a_first_code_that_does_not_fit_is_refused_and_may_be_tried_again(
    site: Site, tom: StaffMember, cognito: Stubber
) -> None:
    cognito.add_response(
        "admin_initiate_auth", {"ChallengeName": "MFA_SETUP", "Session": _SESSION, "ChallengeParameters": {}}
    )
    cognito.add_response("associate_software_token", {"SecretCode": _SECRET, "Session": _NEXT})
    cognito.add_client_error("verify_software_token", "EnableSoftwareTokenMFAException", http_status_code=400)
    browser = site.browser()
    step = staff_sign_in(browser, tom.email, tom.password)

    refused = staff_answer(browser, tom.email, step.json, "123456")

    assert (refused.status, refused.code, refused.field) == (422, "wrong_code", "body.answer")


@pytest.mark.parametrize("code", ["TooManyRequestsException", "LimitExceededException"])
def test_when_cognito_asks_for_a_pause_so_do_we(site: Site, tom: StaffMember, cognito: Stubber, code: str) -> None:
    cognito.add_client_error("admin_initiate_auth", code, http_status_code=400)

    refused = staff_sign_in(site.browser(), tom.email, tom.password)

    assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "too_many", "60")


@pytest.mark.parametrize(
    "code",
    [
        "NotAuthorizedException",
        "UserNotFoundException",
        "UserNotConfirmedException",
        "PasswordResetRequiredException",
    ],
)
def test_whatever_cognito_has_against_somebody_looks_the_same(
    site: Site, tom: StaffMember, cognito: Stubber, code: str
) -> None:
    cognito.add_client_error("admin_initiate_auth", code, "a reason that tells too much", http_status_code=400)

    refused = staff_sign_in(site.browser(), tom.email, tom.password)

    assert (refused.status, refused.code) == (401, "wrong_credentials")
    assert "reason" not in refused.text


def test_cognito_being_down_is_our_fault_and_says_nothing(site: Site, tom: StaffMember, cognito: Stubber) -> None:
    cognito.add_client_error("admin_initiate_auth", "InternalErrorException", "secret inner life", http_status_code=500)

    failed = staff_sign_in(site.browser(), tom.email, tom.password)

    assert (failed.status, failed.code) == (500, "fault")
    assert "secret inner life" not in failed.text


def token(site: Site, person: StaffMember) -> str:
    """An access token as Cognito shapes it; its signature is API Gateway's to check."""
    claims = {
        "token_use": "access",
        "username": person.id,
        "client_id": site.staff.client_id,
        "origin_jti": "5f0c9f9e-2f5c-4a8e-9b3a-000000000001",
    }
    parts = [{"alg": "RS256"}, claims, {}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
