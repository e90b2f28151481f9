"""Where work waits for a function, and where work that keeps failing waits for a person to look at it."""

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.reasons import accept


def failures(scope: Construct, id_: str, *, days: int = 14) -> sqs.Queue:
    """A queue that keeps failed work for `days`. Longer than a day, it may hold ids, and never what a person wrote."""
    queue = sqs.Queue(
        scope,
        id_,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(days),
    )
    accept(queue, {"AwsSolutions-SQS3": "This is itself the queue of failed work."})
    return queue


def frames(scope: Construct, id_: str, *, taken_within: Duration, failed: sqs.Queue) -> sqs.Queue:
    """A queue of frames for a function that has `taken_within` for each event. What waits for minutes is of no use.

    A message that the function fails at twice goes to `failed`.
    """
    return sqs.Queue(
        scope,
        id_,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.minutes(10),
        # Six times the function's timeout, as Lambda asks for: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
        visibility_timeout=Duration.seconds(6 * taken_within.to_seconds()),
        dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=2, queue=failed),
    )
