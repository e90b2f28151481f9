"""Where work that keeps failing waits for a person to look at it."""

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.reasons import accept


def failures(scope: Construct, id_: str) -> sqs.Queue:
    """A queue that keeps failed work for 14 days. It holds ids and positions in a stream, never what a person wrote."""
    queue = sqs.Queue(
        scope,
        id_,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
    )
    accept(queue, {"AwsSolutions-SQS3": "This is itself the queue of failed work."})
    return queue
