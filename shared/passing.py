"""What passes by itself when AWS is called: throttling, a fault of the service, no answer in time."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, HTTPClientError
from botocore.exceptions import ConnectionError as Unreachable

from shared.errors import Busy

_THROTTLED = {
    "ClientLimitExceededException",
    "LimitExceededException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}


def passes(error: Exception) -> bool:
    """Whether this error of a call passes by itself. A permission that is missing does not: it is ours to mend."""
    if isinstance(error, ClientError):
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return error.response["Error"]["Code"] in _THROTTLED or status == 429 or status >= 500
    return isinstance(error, Unreachable | HTTPClientError)


def unreached(error: Exception) -> bool:
    """Whether no connection was made, so that the service has surely not heard of the call."""
    return isinstance(error, ConnectTimeoutError | EndpointConnectionError)


@contextmanager
def or_busy(busy: type[Busy] = Busy) -> Iterator[None]:
    """Raises `busy` for what passes by itself. Everything else goes on as it is."""
    try:
        yield
    except (ClientError, Unreachable, HTTPClientError) as error:
        if passes(error):
            raise busy from error
        raise
