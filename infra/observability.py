"""What operators see: one dashboard, and alarms that reach someone only if the organisation gave an address."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.encryption import Encryption
from infra.reasons import accept

_FIVE_MINUTES = Duration.minutes(5)
_WHY_SILENT = "The organisation gave no alarm_email: the alarm shows on the dashboard and tells nobody."


class Observability(Construct):
    """Requests, errors, 95th percentile latency, bookings; alarms on errors, failures, throttles and dead letters."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        http_api_id: str,
        functions: Mapping[str, lambda_.IFunction],
        queues: Mapping[str, sqs.IQueue],
        alarm_email: str | None,
        encryption: Encryption,
    ) -> None:
        super().__init__(scope, id_)
        self._topic = self._alarm_topic(alarm_email, encryption) if alarm_email else None
        requests = _api_metric("Count", http_api_id, "Sum", "Requests")
        server_errors = _api_metric("5xx", http_api_id, "Sum", "Server errors")
        refusals = _api_metric("4xx", http_api_id, "Sum", "Refused")
        latency = _api_metric("Latency", http_api_id, "p95", "95th percentile")
        bookings = cloudwatch.Metric(
            namespace="Hearthline",
            metric_name="AppointmentBooked",
            # Powertools adds its service to every metric: the function that emits it.
            dimensions_map={"service": "changes"},
            statistic="Sum",
            period=_FIVE_MINUTES,
            label="Booked",
        )
        alarms = [
            self._alarm(
                "ServerErrors", _api_metric("5xx", http_api_id, "Sum"), "The API answered with a server error."
            ),
            *(
                self._alarm(f"{name}Errors", f.metric_errors(period=_FIVE_MINUTES), f"{name} failed.")
                for name, f in functions.items()
                if name not in queues  # whatever it fails at ends there, and ten alarms are free
            ),
            self._alarm(
                "Throttles",
                # Without dimensions it counts the whole account, which is what shares the limit.
                cloudwatch.Metric(
                    namespace="AWS/Lambda", metric_name="Throttles", statistic="Sum", period=_FIVE_MINUTES
                ),
                "A function was called more often than the account allows at once.",
            ),
            *(
                self._alarm(
                    f"{name}Waiting",
                    q.metric_approximate_number_of_messages_visible(period=_FIVE_MINUTES, statistic="Maximum"),
                    f"{name}: work failed for good and waits for a person.",
                )
                for name, q in queues.items()
            ),
        ]
        dashboard = cloudwatch.Dashboard(self, "Dashboard", default_interval=Duration.days(1))
        dashboard.add_widgets(
            cloudwatch.GraphWidget(title="Requests", left=[requests, refusals], width=12),
            cloudwatch.GraphWidget(title="Server errors", left=[server_errors], width=12),
            cloudwatch.GraphWidget(title="Time to answer (ms)", left=[latency], width=12),
            cloudwatch.GraphWidget(title="Appointments booked", left=[bookings], width=12),
            cloudwatch.GraphWidget(
                title="Function failures",
                left=[f.metric_errors(period=_FIVE_MINUTES, label=name) for name, f in functions.items()],
                width=12,
            ),
            cloudwatch.AlarmStatusWidget(title="Alarms", alarms=alarms, width=12),
        )

    def _alarm(self, id_: str, metric: cloudwatch.IMetric, description: str) -> cloudwatch.Alarm:
        alarm = cloudwatch.Alarm(
            self,
            id_,
            metric=metric,
            alarm_description=description,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        if self._topic:
            alarm.add_alarm_action(actions.SnsAction(self._topic))
        else:
            accept(alarm, {"HIPAA.Security-CloudWatchAlarmAction": _WHY_SILENT})
        return alarm

    def _alarm_topic(self, email: str, encryption: Encryption) -> sns.Topic:
        topic = sns.Topic(self, "Alarms", master_key=encryption.key, enforce_ssl=True)
        topic.add_subscription(subscriptions.EmailSubscription(email))
        encryption.allow_alarms()
        if encryption.key is None:
            accept(
                topic,
                {
                    "HIPAA.Security-SNSEncryptedKMS": "The organisation chose encryption by AWS; alarms cannot be "
                    "published under AWS's own SNS key, and they say no more than which alarm rang."
                },
            )
        return topic


def _api_metric(name: str, api_id: str, statistic: str, label: str | None = None) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/ApiGateway",
        metric_name=name,
        dimensions_map={"ApiId": api_id},
        statistic=statistic,
        period=_FIVE_MINUTES,
        label=label,
    )
