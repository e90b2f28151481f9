"""The WebSocket API: connect, ping, disconnect. What must arrive is pulled over HTTP; the socket only hints."""

from aws_cdk import Aws, Fn, RemovalPolicy, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.access_log import socket_access_log
from infra.logs import Logs
from infra.reasons import accept
from infra.worker import Worker

# The stage's name is the first part of the path, and the site's socket lives at /live.
STAGE = "live"


_WHY_TICKET = (
    "The function takes a single-use ticket of 30 seconds from the subprotocol header and refuses a handshake without "
    "it; an authorizer would be a second function and a second cold start for the same look-up."
)
_WHY_CONNECTED = "Only $connect can have an authorizer; whoever gets here passed it."
_WHY_ANY_SOCKET = "Connection ids are made when sockets open; which of them a frame is for, the function decides."


class LiveApi(Construct):
    """Routes chosen by a frame's `type`, and one throttled stage whose log knows no address."""

    def __init__(self, scope: Construct, id_: str, *, logs: Logs) -> None:
        super().__init__(scope, id_)
        self.api = apigwv2.WebSocketApi(
            self, "Api", description="Hearthline: live", route_selection_expression="$request.body.type"
        )
        stage = apigwv2.WebSocketStage(
            self,
            "Stage",
            web_socket_api=self.api,
            stage_name=STAGE,
            auto_deploy=True,
            throttle=apigwv2.ThrottleSettings(rate_limit=100, burst_limit=200),
            access_log_settings=socket_access_log(logs.group("LiveAccess")),
        )
        stage.node.add_dependency(self._log_writer())

    @property
    def domain_name(self) -> str:
        """The API's own host, which lets in only those who know the origin key."""
        return Fn.select(2, Fn.split("/", self.api.api_endpoint))

    def endpoint(self, *, emulator: str | None) -> str:
        """Where functions post frames to open sockets: at API Gateway, or at the emulator with that address."""
        if emulator:
            return f"{emulator}/_aws/execute-api/{self.api.api_id}/{STAGE}"
        return f"https://{self.api.api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}/{STAGE}"

    def allow_frames(self, worker: Worker) -> None:
        """Let `worker` post frames to the open sockets of this stage, and close sockets."""
        for method in ("POST", "DELETE"):
            sockets = self.api.arn_for_execute_api_v2(f"{method}/@connections/*", STAGE)
            worker.may(("execute-api:ManageConnections",), on=sockets)
            # cdk-nag writes a reference as its name in angle brackets.
            parts = Stack.of(self).resolve(sockets)["Fn::Join"][1]
            named = "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)
            accept(worker.role, {f"AwsSolutions-IAM5[Resource::{named}]": _WHY_ANY_SOCKET})

    def serve(self, *, by: lambda_.IFunction, local: bool) -> None:
        """Let function `by` answer every frame."""
        for key, answers in (("$connect", False), ("$disconnect", False), ("ping", True), ("$default", True)):
            route = apigwv2.WebSocketRoute(
                self,
                key,
                web_socket_api=self.api,
                route_key=key,
                integration=integrations.WebSocketLambdaIntegration(by.node.id, by),
                # The emulator's CloudFormation has no RouteResponse, and answers without one.
                return_response=answers and not local,
            )
            accept(route, {"AwsSolutions-APIG4": _WHY_TICKET if key == "$connect" else _WHY_CONNECTED})

    def _log_writer(self) -> apigateway.CfnAccount:
        """API Gateway's permission to log, one per account and region; a WebSocket stage with a log fails without."""
        role = iam.Role(
            self,
            "LogWriter",
            assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AmazonAPIGatewayPushToCloudWatchLogs")
            ],
        )
        accept(
            role,
            {
                "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
                "AmazonAPIGatewayPushToCloudWatchLogs]": "The setting belongs to the whole account: AWS's own policy "
                "is what other APIs in it expect to find."
            },
        )
        account = apigateway.CfnAccount(self, "Account", cloud_watch_role_arn=role.role_arn)
        # Other APIs in the account may have come to rely on the setting.
        account.apply_removal_policy(RemovalPolicy.RETAIN)
        role.apply_removal_policy(RemovalPolicy.RETAIN)
        return account
