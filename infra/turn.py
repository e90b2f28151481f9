"""The relay for calls that browsers connect themselves: what there is of it in the stack, and who may have it."""

from aws_cdk import Stack
from aws_cdk import aws_kinesisvideo as kinesisvideo
from constructs import Construct

from infra import settings
from infra.worker import Worker

_MESSAGES_LIVE = 5  # seconds, the least there may be: our own socket carries the signals


def has_relay(relay: settings.Turn | None, *, local: bool) -> bool:
    """Whether there is one. The emulator has no Kinesis Video Streams: on a laptop that means none."""
    return isinstance(relay, settings.OwnTurn) or (isinstance(relay, settings.KinesisTurn) and not local)


class Turn(Construct):
    """A relay of the organisation's own, one of Kinesis Video Streams, or none."""

    def __init__(self, scope: Construct, id_: str, *, relay: settings.Turn | None, local: bool) -> None:
        super().__init__(scope, id_)
        self._told = {"TURN_KIND": "none", "TURN_URLS": "", "TURN_SECRET_PARAMETER": "", "TURN_CHANNEL_ARN": ""}
        self._actions: tuple[str, ...] = ()
        self._resource = ""
        if isinstance(relay, settings.OwnTurn):
            self._own(relay)
        elif has_relay(relay, local=local):
            self._kinesis()

    def allow_use(self, worker: Worker) -> None:
        """Let `worker` make credentials for the relay, and tell it what it needs for that."""
        for name, value in self._told.items():
            worker.add_environment(name, value)
        if self._actions:
            worker.may(self._actions, on=self._resource)

    def _own(self, relay: settings.OwnTurn) -> None:
        self._told |= {
            "TURN_KIND": relay.kind,
            "TURN_URLS": ",".join(relay.urls),
            "TURN_SECRET_PARAMETER": relay.secret_parameter,
        }
        # SSM's own key, alias/aws/ssm, lets every role of the account decrypt what it may read: no grant for that.
        self._actions = ("ssm:GetParameter",)
        self._resource = Stack.of(self).format_arn(
            service="ssm", resource="parameter", resource_name=relay.secret_parameter.removeprefix("/")
        )

    def _kinesis(self) -> None:
        channel = kinesisvideo.CfnSignalingChannel(self, "Channel", message_ttl_seconds=_MESSAGES_LIVE)
        self._told |= {"TURN_KIND": "kinesis", "TURN_CHANNEL_ARN": channel.attr_arn}
        self._actions = ("kinesisvideo:GetSignalingChannelEndpoint", "kinesisvideo:GetIceServerConfig")
        self._resource = channel.attr_arn
