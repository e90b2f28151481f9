"""The key for push messages as CloudFormation asks for it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.push_keys.app import serve
from shared.reminders.push_key import PushKey
from shared.reminders.vapid import key_of, public_text
from tests.support.parameters import Parameters

NAME = "/Hearthline/push-key"


def _asks(kind: str, **more: str) -> dict[str, Any]:
    return {"RequestType": kind, "ResourceProperties": {"Parameter": NAME}, **more}


def test_the_first_deployment_makes_a_key_and_every_later_one_finds_it() -> None:
    parameters = Parameters()
    first = serve(parameters.client(), _asks("Create"))
    kept = parameters.kept[NAME]
    assert first.id == NAME
    assert first.data == {"PublicKey": public_text(key_of(kept))}
    assert serve(parameters.client(), _asks("Update", PhysicalResourceId=NAME)) == first
    assert serve(parameters.client(), _asks("Create")) == first
    assert parameters.kept == {NAME: kept}


def test_who_sends_has_the_same_key() -> None:
    parameters = Parameters()
    made = serve(parameters.client(), _asks("Create"))
    assert public_text(PushKey(parameters.client(), NAME).key) == made.data["PublicKey"]


def test_the_key_outlives_the_stack() -> None:
    parameters = Parameters()
    serve(parameters.client(), _asks("Create"))
    assert serve(parameters.client(), _asks("Delete", PhysicalResourceId=NAME)).id == NAME
    assert NAME in parameters.kept


def test_a_key_that_cannot_be_kept_fails_the_deployment() -> None:
    parameters = Parameters(failing="AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        serve(parameters.client(), _asks("Create"))
