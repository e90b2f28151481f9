"""What calls to AWS about a meeting's call come to when the service is busy or out of reach."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as Unreachable

from shared.meetings.refusals import CallBusy

_THROTTLED = {"ClientLimitExceededException", "LimitExceededException", "Throttling", "ThrottlingException"}


@contextmanager
def or_busy() -> Iterator[None]:
    """Raises CallBusy for what passes by itself: throttling, a fault of the service, no answer in time.

    Everything else, such as a permission that is missing, is ours to mend and goes on as it is.
    """
    try:
        yield
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if error.response["Error"]["Code"] in _THROTTLED or status == 429 or status >= 500:
            raise CallBusy from error
        raise
    except (Unreachable, HTTPClientError) as error:
        raise CallBusy from error
