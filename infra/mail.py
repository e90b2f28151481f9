"""E-mail by Amazon SES: what is sent goes through a configuration set, which tells what became of it.

The sender's domain is verified by hand (docs/channels.md): its DNS belongs to the organisation.
"""

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.logs import Logs
from infra.tables import Tables
from infra.worker import Worker
from shared.reminders.mail_news import DETAIL_TYPES, SOURCE

# A mail that is sent raw, as ours are, asks for the second permission.
_SEND = ("ses:SendEmail", "ses:SendRawEmail")
_TOLD_OF = (
    ses.EmailSendingEvent.SEND,
    ses.EmailSendingEvent.DELIVERY,
    ses.EmailSendingEvent.BOUNCE,
    ses.EmailSendingEvent.COMPLAINT,
    ses.EmailSendingEvent.REJECT,
)
_OLD_NEWS = Duration.hours(6)


class Mail(Construct):
    """A configuration set, who may send through it, and the function that its events wake.

    What that function fails at goes to `failures`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        sender: str,
        code: lambda_.Code,
        tables: Tables,
        logs: Logs,
        failures: sqs.IQueue,
        local: bool,
    ) -> None:
        super().__init__(scope, id_)
        self._sender = sender
        self._local = local
        self._set = ses.ConfigurationSet(
            self,
            "Set",
            # Mail servers that cannot encrypt get none of these.
            tls_policy=ses.ConfigurationSetTlsPolicy.REQUIRE,
            suppression_reasons=ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
        )
        self._set.add_event_destination(
            "Events",
            destination=ses.EventDestination.event_bus(events.EventBus.from_event_bus_name(self, "Bus", "default")),
            events=list(_TOLD_OF),
        )
        if local:
            ses.CfnEmailIdentity(self, "Sender", email_identity=sender)
        self.worker = Worker(
            self,
            "MailEvents",
            code=code,
            package="mail_events",
            environment={
                "PEOPLE_TABLE": tables.people.table_name,
                "APPOINTMENTS_TABLE": tables.appointments.table_name,
            },
            timeout=Duration.seconds(30),
            logs=logs,
            failures=failures,
        )
        self._wake(self.worker, failures)

    def allow_sending(self, worker: Worker) -> None:
        """Let `worker` send mails that come from the sender, and from nobody else."""
        worker.add_environment("SENDER_EMAIL", self._sender)
        worker.add_environment("CONFIGURATION_SET", self._set.configuration_set_name)
        stack = Stack.of(self)
        # SES looks for whichever was verified: the address, or a domain it lies in.
        labels = self._sender.split("@")[1].split(".")
        domains = [".".join(labels[at:]) for at in range(len(labels) - 1)]
        identities = [
            stack.format_arn(service="ses", resource="identity", resource_name=name)
            for name in (self._sender, *domains)
        ]
        through = stack.format_arn(
            service="ses", resource="configuration-set", resource_name=self._set.configuration_set_name
        )
        worker.add_to_role_policy(
            iam.PolicyStatement(
                actions=list(_SEND),
                # The emulator asks for the permission on everything, and knows no senders in conditions.
                resources=[*identities, through, *(["*"] if self._local else [])],
                conditions=None if self._local else {"StringEquals": {"ses:FromAddress": self._sender}},
            )
        )

    def _wake(self, target: Worker, failures: sqs.IQueue) -> None:
        rule = events.Rule(
            self,
            "Rule",
            description="Hear what became of the mails that were sent",
            event_pattern=events.EventPattern(
                source=[SOURCE],
                detail_type=list(DETAIL_TYPES),
                # The account may send other mails.
                detail={"mail": {"tags": {"ses:configuration-set": [self._set.configuration_set_name]}}},
            ),
        )
        rule.add_target(
            targets.LambdaFunction(target, dead_letter_queue=failures, retry_attempts=8, max_event_age=_OLD_NEWS)
        )
