"""The guard that refuses what AWS would refuse: if it slept, much else would pass that should not."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from tests.support.service_model import AwsWouldRefuse, Guard

POOL = {"UserPoolId": "us-east-1_abc", "Username": "alice"}


@pytest.fixture
def cognito() -> Any:
    client = boto3.client("cognito-idp", region_name="us-east-1")
    Guard().watch(client)
    return client


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("admin_get_user", {"UserPoolId": "us-east-1_abc", "Username": "two words"}),
        ("admin_get_user", {"UserPoolId": "us-east-1_abc", "Username": "x" * 129}),
        ("admin_get_user", {"UserPoolId": "no underscore", "Username": "alice"}),
        ("admin_set_user_password", {**POOL, "Password": "ends with a space "}),
        ("admin_set_user_password", {**POOL, "Password": "x" * 257}),
        ("admin_create_user", {**POOL, "MessageAction": "WHISPER"}),
        ("admin_create_user", {**POOL, "UserAttributes": [{"Name": "x" * 33, "Value": "y"}]}),
        ("verify_software_token", {"Session": "s" * 20, "UserCode": "abcdef"}),
        ("verify_software_token", {"Session": "s" * 2049, "UserCode": "123456"}),
    ],
)
def test_what_breaks_the_service_model_never_leaves(cognito: Any, operation: str, asked: dict[str, Any]) -> None:
    with pytest.raises(AwsWouldRefuse) as refused:
        getattr(cognito, operation)(**asked)
    assert asked.get("Password", "nothing") not in str(refused.value)


def test_what_fits_the_model_passes(cognito: Any) -> None:
    with Stubber(cognito) as answers:
        answers.add_response("admin_set_user_password", {})
        cognito.admin_set_user_password(**POOL, Password="violet teapots hum quietly", Permanent=True)
