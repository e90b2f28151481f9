"""The HTTP API: one route per entry of a route table, so what is not in a table does not exist."""

from collections.abc import Iterable

from aws_cdk import Fn
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from functions.routing import Route
from infra.access_log import http_access_log
from infra.logs import Logs
from infra.reasons import accept

# Cognito puts it in every access token and in no ID token: requiring it is how ID tokens are refused.
SCOPE_OF_ACCESS_TOKENS = "aws.cognito.signin.user.admin"

_WHY_PUBLIC = (
    "People come here to get a token: registering, signing in and out, recovering. The service limits tries, and a "
    "refresh or sign-out needs the cookie it was given. A calendar feed needs the secret in its address, and "
    "so does whoever unsubscribes from mails."
)


class HttpApi(Construct):
    """Routes, their authorizers, and one throttled stage whose log knows no address, path or query."""

    def __init__(self, scope: Construct, id_: str, *, logs: Logs) -> None:
        super().__init__(scope, id_)
        self.api = apigwv2.HttpApi(self, "Api", create_default_stage=False, description="Hearthline: members and staff")
        apigwv2.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            auto_deploy=True,
            detailed_metrics_enabled=False,
            throttle=apigwv2.ThrottleSettings(rate_limit=100, burst_limit=200),
            access_log_settings=http_access_log(logs.group("HttpAccess")),
        )

    @property
    def domain_name(self) -> str:
        """The API's own host, which answers only those who know the origin key."""
        return Fn.select(2, Fn.split("/", self.api.api_endpoint))

    def serve(
        self,
        routes: Iterable[Route],
        *,
        by: lambda_.IFunction,
        pool: cognito.IUserPool,
        client: cognito.IUserPoolClient,
    ) -> None:
        """Let function `by` answer `routes`; those that need a signed-in person take access tokens of `pool` alone."""
        name = by.node.id
        integration = integrations.HttpLambdaIntegration(name, by, scope_permission_to_route=False)
        authorizer = authorizers.HttpUserPoolAuthorizer(f"{name}Tokens", pool, user_pool_clients=[client])
        for route in routes:
            resource = apigwv2.HttpRoute(
                self,
                route.key,
                http_api=self.api,
                route_key=apigwv2.HttpRouteKey.with_(route.path, apigwv2.HttpMethod(route.method)),
                integration=integration,
                authorizer=authorizer if route.signed_in else apigwv2.HttpNoneAuthorizer(),
                authorization_scopes=[SCOPE_OF_ACCESS_TOKENS] if route.signed_in else None,
            )
            if not route.signed_in:
                accept(resource, {"AwsSolutions-APIG4": _WHY_PUBLIC})
