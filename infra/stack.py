"""Hearthline, whole: read from the top it says what there is, and then who may do what."""

from pathlib import Path

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from infra.calls import Calls
from infra.channels import Channels
from infra.encryption import Encryption
from infra.http_api import HttpApi
from infra.identity import Identity
from infra.layer import Layer
from infra.live_api import LiveApi
from infra.logs import Logs
from infra.meeting_events import MeetingEvents
from infra.observability import Observability
from infra.outputs import for_the_laptop, next_steps
from infra.phone import Phone
from infra.push import Push
from infra.settings import Laptop, Settings
from infra.site import Site, origin_key
from infra.site_config import site_config
from infra.site_upload import SiteUpload
from infra.tables import Tables
from infra.turn import Turn
from infra.wake_ups import WakeUps
from infra.worker import Worker
from infra.workers import Workers

READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
WRITE = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem")

MEMBER_ACCOUNTS = (
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminDeleteUser",
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminInitiateAuth",
    "cognito-idp:AdminSetUserPassword",
    "cognito-idp:AdminUserGlobalSignOut",
)
STAFF_ACCOUNTS = (
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminDisableUser",
    "cognito-idp:AdminEnableUser",
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminInitiateAuth",
    "cognito-idp:AdminRespondToAuthChallenge",
    "cognito-idp:AdminSetUserMFAPreference",
    "cognito-idp:AdminSetUserPassword",
    "cognito-idp:AdminUserGlobalSignOut",
)


class HearthlineStack(Stack):
    """The whole service.

    `code` is the functions' deployment package, `layer` what some of them carry besides, `site` the directory of the
    built front-end.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Settings,
        laptop: Laptop | None,
        code: lambda_.Code,
        layer: lambda_.Code,
        site: Path,
        env: Environment,
    ) -> None:
        super().__init__(scope, id_, env=env, description="Hearthline: teletherapy and support groups")

        self.encryption = Encryption(
            self, "Encryption", customer_key=settings.encryption == "customer", local=laptop is not None
        )
        self.tables = Tables(self, "Tables", encryption=self.encryption)
        self.logs = Logs(self, "Logs", encryption=self.encryption, days=settings.log_retention_days)

        self.layer = Layer(self, "Layer", code=layer)

        self.http = HttpApi(self, "Http", logs=self.logs)
        self.live = LiveApi(self, "Live", logs=self.logs)
        self.site = Site(
            self,
            "Site",
            http_domain=self.http.domain_name,
            live_domain=self.live.domain_name,
            pages=[page.stem for page in site.glob("*.html") if "." not in page.stem and page.stem != "index"],
        )
        self.site_address = laptop.site_address if laptop else f"https://{self.site.distribution.domain_name}"

        self.identity = Identity(
            self, "Identity", settings=settings, site_address=self.site_address, local=laptop is not None
        )
        self.workers = Workers(
            self,
            "Workers",
            code=code,
            settings=settings,
            admin_email=laptop.admin_email if laptop else settings.admin_email,
            origin_key=origin_key(),
            tables=self.tables,
            identity=self.identity,
            live_endpoint=self.live.endpoint(emulator=laptop.emulator_address if laptop else None),
            layer=self.layer,
            logs=self.logs,
            local=laptop is not None,
        )
        self.wake_ups = WakeUps(
            self,
            "WakeUps",
            targets={"modes": self.workers.modes, "remind": self.workers.remind},
            failures=self.workers.failed_wake_ups,
            local=laptop is not None,
        )
        self.turn = Turn(self, "Turn", relay=settings.turn, local=laptop is not None)
        MeetingEvents(
            self, "MeetingEvents", target=self.workers.meeting_events, failures=self.workers.failed_meeting_events
        )
        self.calls = Calls(self, "Calls", settings=settings, local=laptop is not None)
        contact = laptop.admin_email if laptop else settings.contact_email
        self.push = Push(
            self,
            "Push",
            code=code,
            layer=self.layer,
            contact=f"mailto:{contact}" if contact else self.site_address,
            receiver=f"{self.site_address}/_local/push" if laptop else "",
            logs=self.logs,
        )
        self.channels = Channels(
            self,
            "Channels",
            settings=settings,
            laptop=laptop,
            site_address=self.site_address,
            code=code,
            tables=self.tables,
            encryption=self.encryption,
            logs=self.logs,
            failures=self.workers.failed_meeting_events,
        )
        self.phone = (
            Phone(
                self,
                "Phone",
                code=code,
                setting=settings.phone,
                settings=settings,
                tables=self.tables,
                encryption=self.encryption,
                live_endpoint=self.live.endpoint(emulator=None),
                logs=self.logs,
            )
            if settings.phone and not laptop
            else None
        )
        self._grant()

        self.http.serve(
            MEMBER_ROUTES, by=self.workers.member_api, pool=self.identity.members, client=self.identity.member_client
        )
        self.http.serve(
            STAFF_ROUTES, by=self.workers.staff_api, pool=self.identity.staff, client=self.identity.staff_client
        )
        self.live.serve(by=self.workers.live, local=laptop is not None)

        Observability(
            self,
            "Observability",
            http_api_id=self.http.api.api_id,
            functions=self.workers.all,
            answering=self.workers.answering,
            queues={
                "UnreadChanges": self.workers.unread_changes,
                "FailedWakeUps": self.workers.failed_wake_ups,
                "FailedMeetingEvents": self.workers.failed_meeting_events,
                "FailedSweeps": self.workers.failed_sweeps,
                "FailedShards": self.workers.failed_shards,
            },
            alarm_email=settings.alarm_email,
            encryption=self.encryption,
        )

        if laptop:
            # The uploader needs a layer at /opt, which the emulator does not mount: `make start` copies the site.
            for_the_laptop(self)
        else:
            SiteUpload(
                self,
                "Upload",
                bucket=self.site.bucket,
                built=site,
                config=site_config(settings, laptop=None),
                logs=self.logs,
            )
            next_steps(self, settings)
        CfnOutput(self, "SiteAddress", value=self.site_address, description="Where the site is")

    def _grant(self) -> None:
        tables, workers = self.tables, self.workers

        self._may(workers.member_api, READ + WRITE, tables.people, tables.appointments, tables.rooms)
        self._may(workers.member_api, ("dynamodb:PutItem",), tables.audit)
        workers.member_api.may(MEMBER_ACCOUNTS, on=self.identity.members.user_pool_arn)
        self.live.allow_frames(workers.member_api)
        workers.member_api.may(("sqs:SendMessage",), on=workers.shards.queue_arn)

        self._may(workers.staff_api, READ + WRITE, tables.people, tables.appointments, tables.rooms)
        self._may(workers.staff_api, ("dynamodb:PutItem",), tables.audit)
        workers.staff_api.may(STAFF_ACCOUNTS, on=self.identity.staff.user_pool_arn)
        self.live.allow_frames(workers.staff_api)
        workers.staff_api.may(("sqs:SendMessage",), on=workers.shards.queue_arn)

        self._may(workers.live, READ + WRITE, tables.rooms)
        self._may(workers.live, ("dynamodb:GetItem", "dynamodb:DeleteItem"), tables.people)
        self.live.allow_frames(workers.live)

        # Its event source lets it take shards from their queue.
        self._may(workers.fanout, READ + WRITE, tables.rooms)
        self.live.allow_frames(workers.fanout)

        # `changes` reads the stream, which its event source grants; what it reads is under the key.
        self._may(workers.changes, ("dynamodb:PutItem",), tables.audit)
        self._may(workers.changes, READ + WRITE, tables.appointments)
        self._may(workers.changes, ("dynamodb:BatchGetItem",), tables.people)
        for poster in (workers.changes, workers.sweep):
            self.wake_ups.allow_planning(poster, "remind")
            poster.may(("lambda:InvokeFunction",), on=workers.remind.function_arn)

        self._may(workers.remind, READ + WRITE, tables.appointments)
        # Dates of groups; who came to an appointment, and whether the two wrote to each other instead.
        self._may(workers.remind, READ, tables.rooms)
        # It forgets browsers that are gone, and switches addresses off.
        self._may(workers.remind, (*READ, "dynamodb:UpdateItem", "dynamodb:DeleteItem"), tables.people)
        self.push.allow_sending(workers.remind)

        for announcer in (workers.modes, workers.sweep):
            self._may(announcer, (*READ, "dynamodb:PutItem", "dynamodb:DeleteItem"), tables.rooms)
            self.live.allow_frames(announcer)
        for planner in (workers.staff_api, workers.modes, workers.sweep):
            self.wake_ups.allow_planning(planner, "modes")

        for caller in (workers.member_api, workers.staff_api):
            self.push.allow_subscribing(caller)
            self.turn.allow_use(caller)
            self.calls.allow(caller)
        self.calls.allow_ending(workers.sweep)

        meeting_events = ("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem")
        self._may(workers.meeting_events, meeting_events, tables.rooms)

        # It asks places on the internet that somebody named: no other table, and no new items but busy times.
        calendars = (*READ, "dynamodb:PutItem", "dynamodb:UpdateItem")
        self._may(workers.calendars, calendars, tables.appointments)

        self._may(workers.sweep, READ + WRITE, tables.people)
        self._may(workers.sweep, ("dynamodb:UpdateItem",), tables.rooms)
        self._may(
            workers.sweep,
            (*READ, "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"),
            tables.appointments,
        )
        workers.sweep.may(("cognito-idp:AdminDeleteUser",), on=self.identity.members.user_pool_arn)

        for taker in (workers.member_api, workers.staff_api):
            self.channels.allow_giving(taker, workers.remind)
        self.channels.allow_sending(workers.remind)
        if self.channels.mail:
            self._may(self.channels.mail.worker, ("dynamodb:GetItem", "dynamodb:UpdateItem"), tables.people)
            self._may(self.channels.mail.worker, ("dynamodb:UpdateItem",), tables.appointments)

        if self.phone:
            self._grant_phone(self.phone)

    def _grant_phone(self, phone: Phone) -> None:
        self._may(phone.worker, READ + WRITE, self.tables.rooms)
        self._may(phone.worker, ("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"), self.tables.people)
        self._may(phone.worker, ("dynamodb:GetItem", "dynamodb:PutItem"), self.tables.appointments)
        self.live.allow_frames(phone.worker)
        self.calls.allow(phone.worker)
        phone.allow_dialling_in(self.workers.member_api)
        phone.allow_calling(self.workers.staff_api)

    def _may(self, worker: Worker, actions: tuple[str, ...], *tables: dynamodb.TableV2) -> None:
        for table in tables:
            worker.may(actions, on=table.table_arn)
        self.encryption.allow_use(worker)
