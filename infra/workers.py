"""The functions, cut by what wakes them. What each may do is stated in the stack; here is what each is told."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.identity import Identity
from infra.logs import Logs
from infra.queue import failures, frames
from infra.settings import Settings, usual_provider
from infra.tables import Tables
from infra.worker import Worker

# API Gateway waits 30 s for a function; a person gives up long before.
_A_PERSON_WAITS = Duration.seconds(15)
_A_FRAME_IS_NEWS = Duration.seconds(15)
# What `changes` follows up, by its sort key.
_FACTS = ("APPOINTMENT", "OFFER", "REMINDING")


class Workers(Construct):
    """member_api, staff_api, live, fanout, changes, remind, modes, meeting_events, calendars, sweep."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        code: lambda_.Code,
        settings: Settings,
        admin_email: str | None,
        origin_key: str,
        tables: Tables,
        identity: Identity,
        live_endpoint: str,
        layer: lambda_.ILayerVersion,
        logs: Logs,
        local: bool,
    ) -> None:
        super().__init__(scope, id_)
        self.unread_changes = failures(self, "UnreadChanges")
        self.failed_wake_ups = failures(self, "FailedWakeUps")
        self.failed_meeting_events = failures(self, "FailedMeetingEvents")
        self.failed_sweeps = failures(self, "FailedSweeps")
        # A room may forget after a day what was said in it: no copy of a frame is kept for longer.
        self.failed_shards = failures(self, "FailedShards", days=1)
        self.shards = frames(self, "Shards", taken_within=_A_FRAME_IS_NEWS, failed=self.failed_shards)

        members = {
            "MEMBER_POOL_ID": identity.members.user_pool_id,
            "MEMBER_CLIENT_ID": identity.member_client.user_pool_client_id,
        }
        staff = {
            "STAFF_POOL_ID": identity.staff.user_pool_id,
            "STAFF_CLIENT_ID": identity.staff_client.user_pool_client_id,
        }
        people = {"PEOPLE_TABLE": tables.people.table_name}
        appointments = {"APPOINTMENTS_TABLE": tables.appointments.table_name}
        rooms = {"ROOMS_TABLE": tables.rooms.table_name}
        audit = {
            "AUDIT_TABLE": tables.audit.table_name,
            "AUDIT_RETENTION_DAYS": str(settings.audit_retention_days),
        }
        sockets = {"LIVE_ENDPOINT": live_endpoint}
        shards = {"SHARDS_QUEUE_URL": self.shards.queue_url}
        site = {"ORIGIN_KEY": origin_key, "ORGANISATION": settings.organisation}
        calls = {
            "VIDEO_PROVIDER": settings.video_provider or usual_provider(local=local),
            "CIRCLE_PROVIDER": settings.circle_provider or usual_provider(local=local),
            "VIDEO_CEILING_USD": "" if settings.video_ceiling_usd is None else str(settings.video_ceiling_usd),
        }

        def worker(
            id_: str,
            package: str,
            environment: Mapping[str, str],
            timeout: Duration = _A_PERSON_WAITS,
            **more: object,
        ) -> Worker:
            return Worker(
                self, id_, code=code, package=package, environment=environment, timeout=timeout, logs=logs, **more
            )

        self.member_api = worker(
            "MemberApi", "member_api", members | people | appointments | rooms | audit | sockets | shards | site | calls
        )
        self.staff_api = worker(
            "StaffApi",
            "staff_api",
            staff
            | people
            | appointments
            | rooms
            | audit
            | sockets
            | shards
            | site
            | calls
            | {"ADMIN_EMAIL": admin_email or ""},
        )
        self.live = worker("Live", "live", people | rooms | sockets)
        self.fanout = worker("Fanout", "fanout", rooms | sockets, _A_FRAME_IS_NEWS)
        self.changes = worker("Changes", "changes", people | appointments | audit, Duration.minutes(1))
        self.remind = worker(
            "Remind",
            "remind",
            people | appointments | rooms,
            Duration.seconds(30),
            failures=self.failed_wake_ups,
            layers=[layer],
        )
        self.modes = worker("Modes", "modes", rooms | sockets, Duration.seconds(30), failures=self.failed_wake_ups)
        self.meeting_events = worker(
            "MeetingEvents", "meeting_events", rooms, Duration.seconds(30), failures=self.failed_meeting_events
        )
        self.calendars = worker(
            "Calendars",
            "calendars",
            appointments,
            Duration.minutes(5),
            failures=self.failed_sweeps,
            layers=[layer],
        )
        self.sweep = worker(
            "Sweep",
            "sweep",
            members | people | appointments | rooms | sockets,
            Duration.minutes(5),
            failures=self.failed_sweeps,
        )
        self.fanout.add_event_source(
            sources.SqsEventSource(self.shards, batch_size=10, report_batch_item_failures=True)
        )
        self._read_the_stream_of(tables)
        self._sweep_every_quarter_of_an_hour()
        self._read_calendars_every_five_minutes()

    @property
    def all(self) -> Mapping[str, Worker]:
        """Each function by its name."""
        return {
            "MemberApi": self.member_api,
            "StaffApi": self.staff_api,
            "Live": self.live,
            "Fanout": self.fanout,
            "Changes": self.changes,
            "Remind": self.remind,
            "Modes": self.modes,
            "MeetingEvents": self.meeting_events,
            "Calendars": self.calendars,
            "Sweep": self.sweep,
        }

    @property
    def answering(self) -> Mapping[str, Worker]:
        """Those whose failures somebody meets at once. What the others cannot do waits in a queue."""
        return {name: self.all[name] for name in ("MemberApi", "StaffApi", "Live")}

    def _read_the_stream_of(self, tables: Tables) -> None:
        self.changes.add_event_source(
            sources.DynamoEventSource(
                tables.appointments,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=100,
                # Each booking changes two days of calendars as well; they are no facts, and would wake it for nothing.
                filters=[
                    lambda_.FilterCriteria.filter(
                        {"dynamodb": {"NewImage": {"sk": {"S": lambda_.FilterRule.or_(*_FACTS)}}}}
                    )
                ],
                bisect_batch_on_error=True,
                report_batch_item_failures=True,
                retry_attempts=10,
                on_failure=sources.SqsDlq(self.unread_changes),
            )
        )

    def _sweep_every_quarter_of_an_hour(self) -> None:
        rule = events.Rule(
            self,
            "EveryQuarterOfAnHour",
            description="Repair what was lost, and clear what was left half done",
            schedule=events.Schedule.rate(Duration.minutes(15)),
        )
        rule.add_target(
            targets.LambdaFunction(
                self.sweep,
                dead_letter_queue=self.failed_sweeps,
                retry_attempts=3,
                max_event_age=Duration.minutes(30),
            )
        )

    def _read_calendars_every_five_minutes(self) -> None:
        rule = events.Rule(
            self,
            "EveryFiveMinutes",
            description="Read the other calendars of counselors whose turn it is",
            schedule=events.Schedule.rate(Duration.minutes(5)),
        )
        # The next round does what this one could not: nothing is tried again, and nothing kept.
        rule.add_target(targets.LambdaFunction(self.calendars, dead_letter_queue=self.failed_sweeps, retry_attempts=0))
