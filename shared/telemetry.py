"""Logs and metrics that know what happened and never to whom.

A log line may hold route keys, codes, counts, durations and AWS request ids. It may not hold a name, handle,
address, message, token or any value a person typed; for that reason exceptions are logged by type and place, since
their messages often quote the input.
"""

import traceback
from functools import cache

from aws_lambda_powertools import Logger, Metrics


@cache
def logger() -> Logger:
    """The structured logger of this function (name and level come from the POWERTOOLS_* environment)."""
    return Logger()


@cache
def metrics() -> Metrics:
    """The metrics of this function, in CloudWatch's embedded format. Without dimensions: each one would be billed."""
    return Metrics()


def fault(error: BaseException, **facts: str | int) -> None:
    """Log an unexpected exception: its type and where it passed, never its message."""
    passed = traceback.extract_tb(error.__traceback__)
    frames = [f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno} {f.name}" for f in passed]
    logger().error("fault", extra={"error": type(error).__name__, "frames": frames[-12:], **facts})
