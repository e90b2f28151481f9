"""Clients of AWS services: made once per process, on first use, with timeouts a waiting person can bear."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient


@cache
def _client(service: str, *, region: str | None = None, endpoint: str | None = None, attempts: int = 3) -> Any:
    import boto3
    from botocore.config import Config

    patience = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": attempts})
    return boto3.client(service, region, endpoint_url=endpoint, config=patience)  # type: ignore[call-overload]


def dynamodb() -> "DynamoDBClient":
    """DynamoDB."""
    return _client("dynamodb")  # type: ignore[no-any-return]


def cognito() -> "CognitoIdentityProviderClient":
    """Cognito user pools."""
    return _client("cognito-idp")  # type: ignore[no-any-return]


def scheduler() -> Any:
    """EventBridge Scheduler."""
    return _client("scheduler")


def functions() -> Any:
    """Lambda, to wake another function."""
    return _client("lambda")


def sqs() -> "SQSClient":
    """SQS."""
    return _client("sqs")  # type: ignore[no-any-return]


def ssm() -> Any:
    """SSM's Parameter Store."""
    return _client("ssm")


def kinesis_video() -> Any:
    """Kinesis Video Streams."""
    return _client("kinesisvideo")


def signaling(endpoint: str) -> Any:
    """The signaling of Kinesis Video Streams at a channel's own endpoint."""
    return _client("kinesis-video-signaling", endpoint=endpoint)


def chime(region: str) -> Any:
    """Amazon Chime SDK meetings. Not every Region has its API: `region` is one that does."""
    return _client("chime-sdk-meetings", region=region)


def chime_voice() -> Any:
    """Amazon Chime SDK Voice, in this Region: a SIP media application is where its function is."""
    return _client("chime-sdk-voice")


def kms() -> Any:
    """KMS."""
    return _client("kms")


def ses() -> Any:
    """Amazon SES. It tries once: what SES has taken, and only failed to say so, would go out twice."""
    return _client("sesv2", attempts=1)


def sms() -> Any:
    """AWS End User Messaging. It tries once, for the same reason."""
    return _client("pinpoint-sms-voice-v2", attempts=1)
