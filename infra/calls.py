"""Calls by Amazon Chime: where they are carried, who may make and end them, and nothing that could record them."""

from aws_cdk import ArnFormat, Stack
from constructs import Construct

from infra.chime_regions import MEDIA_REGIONS, control_region
from infra.reasons import accept
from infra.settings import Settings, WrongSetting, usual_provider
from infra.worker import Worker

# Which action knows which resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonchime.html
_MAKE = ("chime:CreateMeeting",)
_END = ("chime:DeleteMeeting", "chime:ListAttendees", "chime:DeleteAttendee")
_JOIN = ("chime:GetMeeting", "chime:CreateAttendee")

_WHY_ANY_RESOURCE = (
    "X-Ray's PutTraceSegments and PutTelemetryRecords and Chime's CreateMeeting know no resource; a meeting that is "
    "made here is joined by nobody without this account's tokens."
)
_WHY_ANY_MEETING = (
    "Chime names meetings when they are made; the account holds no others, unless the organisation makes them itself."
)


class Calls(Construct):
    """Lets functions carry calls, and tells them where.

    Raises WrongSetting when Chime is to carry calls, carries none in the stack's own Region, and no other was chosen.
    """

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, local: bool) -> None:
        super().__init__(scope, id_)
        region = Stack.of(self).region
        self._media = settings.media_region or region
        self._control = control_region(region)
        usual = usual_provider(local=local)
        providers = {settings.video_provider or usual, settings.circle_provider or usual}
        if "chime" in providers and self._media not in MEDIA_REGIONS:
            raise WrongSetting(
                f"cdk.json: hearthline.media_region is None, and Amazon Chime carries no calls in {region}; "
                f"allowed is {Settings.model_fields['media_region'].description}."
            )
        # Documented without a Region, but meetings' own ARNs name that of the API.
        self._meetings = Stack.of(self).format_arn(
            service="chime",
            region="*",
            resource="meeting",
            resource_name="*",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )

    def allow(self, worker: Worker) -> None:
        """Let `worker` make calls, bring people into them and take them out, and end them."""
        worker.may(_MAKE, on="*")
        self._allow(worker, (*_JOIN, *_END))
        if worker.role:
            accept(worker.role, {"AwsSolutions-IAM5[Resource::*]": _WHY_ANY_RESOURCE})

    def allow_ending(self, worker: Worker) -> None:
        """Let `worker` end calls, and take people out of them, and nothing else."""
        self._allow(worker, _END)

    def _allow(self, worker: Worker, actions: tuple[str, ...]) -> None:
        worker.add_environment("CHIME_REGION", self._control)
        worker.add_environment("MEDIA_REGION", self._media)
        worker.may(actions, on=self._meetings)
        # cdk-nag writes a reference as its name in angle brackets.
        parts = Stack.of(self).resolve(self._meetings)["Fn::Join"][1]
        named = "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)
        if worker.role:
            accept(worker.role, {f"AwsSolutions-IAM5[Resource::{named}]": _WHY_ANY_MEETING})
