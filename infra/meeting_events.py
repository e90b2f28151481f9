"""What Chime tells of its meetings wakes a function.

Chime tells it in the Region of its API alone: a stack that asks a neighbour (`infra/chime_regions.py`) hears nothing.
"""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.worker import Worker
from shared.meetings.happenings import DETAIL_TYPE, SOURCE, HappeningKind

_OLD_NEWS = Duration.minutes(30)


class MeetingEvents(Construct):
    """A rule that wakes `target` with the kinds of events that tell us something; what fails goes to `failures`."""

    def __init__(self, scope: Construct, id_: str, *, target: Worker, failures: sqs.IQueue) -> None:
        super().__init__(scope, id_)
        rule = events.Rule(
            self,
            "Rule",
            description="Hear of who came into calls and left them",
            event_pattern=events.EventPattern(
                source=[SOURCE],
                detail_type=[DETAIL_TYPE],
                detail={"eventType": [kind.value for kind in HappeningKind]},
            ),
        )
        rule.add_target(
            targets.LambdaFunction(target, dead_letter_queue=failures, retry_attempts=3, max_event_age=_OLD_NEWS)
        )
