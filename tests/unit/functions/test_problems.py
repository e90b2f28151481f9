import pytest

from functions.problems import problem, status_of
from shared.errors import (
    Busy,
    ChangedMeanwhile,
    Invalid,
    Malformed,
    NotAllowed,
    NotFound,
    Refusal,
    SignInRequired,
    TooMany,
)
from shared.intents import KeyReused
from shared.people.accounts import WrongCode, WrongCredentials
from shared.people.daily import Forgotten
from shared.people.passwords import PasswordTooCommon, PasswordTooShort
from shared.people.proof import ChallengeFailed
from shared.people.registrations import HandleTaken
from shared.people.store import EmailTaken

STATUSES = {
    Malformed: 400,
    SignInRequired: 401,
    WrongCredentials: 401,
    NotAllowed: 403,
    NotFound: 404,
    ChangedMeanwhile: 409,
    HandleTaken: 409,
    EmailTaken: 409,
    Forgotten: 409,
    Invalid: 422,
    KeyReused: 422,
    PasswordTooShort: 422,
    PasswordTooCommon: 422,
    ChallengeFailed: 422,
    WrongCode: 422,
    TooMany: 429,
    Busy: 503,
}


@pytest.mark.parametrize(("refusal", "status"), STATUSES.items(), ids=lambda value: getattr(value, "code", value))
def test_each_refusal_has_its_status(refusal: type[Refusal], status: int) -> None:
    assert status_of(refusal) == status


def test_a_problem_names_its_code_its_field_and_what_helps_to_go_on() -> None:
    told = problem(HandleTaken("Please choose another one.", field="body.handle", offered=["calm-otter-101"]))

    assert told == {
        "type": "https://hearthline.org/problems/handle-taken",
        "title": "This handle has just been taken",
        "status": 409,
        "detail": "Please choose another one.",
        "code": "handle_taken",
        "field": "body.handle",
        "offered": ["calm-otter-101"],
    }


def test_without_a_detail_the_title_has_to_do_and_no_field_is_named() -> None:
    told = problem(NotFound())

    assert told["detail"] == told["title"]
    assert "field" not in told


def test_codes_are_not_shared_by_different_refusals() -> None:
    codes = [refusal.code for refusal in STATUSES]

    assert len(codes) == len(set(codes))
