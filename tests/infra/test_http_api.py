"""What the HTTP API answers, and to whom."""

import json

import pytest

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.routing import Route
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from tests.infra.described import Described, Resource

PUBLIC = {
    "GET /api/registration-challenge",
    "POST /api/register",
    "POST /api/auth/sign-in",
    "POST /api/auth/refresh",
    "POST /api/auth/sign-out",
    "POST /api/auth/recover",
    "GET /api/calendars/{token}/calendar.ics",
    "POST /api/staff/auth/sign-in",
    "GET /api/unsubscribe/{token}",
    "POST /api/unsubscribe/{token}",
    "POST /api/staff/auth/answer",
    "POST /api/staff/auth/refresh",
    "POST /api/staff/auth/sign-out",
}
WHOSE = [(route, "Member") for route in MEMBER_ROUTES] + [(route, "Staff") for route in STAFF_ROUTES]


def _routes(described: Described) -> dict[str, Resource]:
    api, _ = described.one("AWS::ApiGatewayV2::Api", "Http")
    routes = [r["Properties"] for r in described.all("AWS::ApiGatewayV2::Route").values()]
    return {route["RouteKey"]: route for route in routes if route["ApiId"] == {"Ref": api}}


def test_what_is_not_in_a_route_table_does_not_exist(in_aws: Described) -> None:
    assert sorted(_routes(in_aws)) == sorted(route.key for route, _ in WHOSE)


def test_only_the_listed_routes_are_open_to_everyone(in_aws: Described) -> None:
    assert {key for key, route in _routes(in_aws).items() if route["AuthorizationType"] == "NONE"} == PUBLIC


@pytest.mark.parametrize(("route", "whose"), [w for w in WHOSE if w[0].signed_in], ids=lambda x: getattr(x, "key", x))
def test_a_route_takes_access_tokens_of_its_own_pool_alone(route: Route, whose: str, in_aws: Described) -> None:
    described = _routes(in_aws)[route.key]
    assert described["AuthorizationType"] == "JWT"
    assert described["AuthorizationScopes"] == ["aws.cognito.signin.user.admin"]
    authorizer = in_aws.template["Resources"][described["AuthorizerId"]["Ref"]]["Properties"]
    pool, _ = in_aws.one("AWS::Cognito::UserPool", {"Member": "IdentityMembers", "Staff": "IdentityStaff"}[whose])
    client, _ = in_aws.one("AWS::Cognito::UserPoolClient", f"Identity{whose}Client")
    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    assert authorizer["JwtConfiguration"]["Audience"] == [{"Ref": client}]
    assert {"Ref": pool} in authorizer["JwtConfiguration"]["Issuer"]["Fn::Join"][1]


@pytest.mark.parametrize(("route", "whose"), WHOSE, ids=lambda x: getattr(x, "key", x))
def test_a_route_leads_to_its_own_function(route: Route, whose: str, in_aws: Described) -> None:
    target = _routes(in_aws)[route.key]["Target"]["Fn::Join"][1][1]["Ref"]
    integration = in_aws.template["Resources"][target]["Properties"]
    function = in_aws.template["Resources"][integration["IntegrationUri"]["Fn::GetAtt"][0]]
    package = {"Member": "member_api", "Staff": "staff_api"}[whose]
    assert function["Properties"]["Handler"] == f"functions.{package}.app.handler"
    assert integration["PayloadFormatVersion"] == "2.0"


def test_the_template_has_one_integration_and_one_permission_for_each_function(in_aws: Described) -> None:
    api, _ = in_aws.one("AWS::ApiGatewayV2::Api", "Http")
    integrations = in_aws.all("AWS::ApiGatewayV2::Integration").values()
    assert sum(i["Properties"]["ApiId"] == {"Ref": api} for i in integrations) == 2
    permissions = [p for p in in_aws.all("AWS::Lambda::Permission").values() if api in json.dumps(p)]
    assert len(permissions) == 2
    assert {p["Properties"]["Principal"] for p in permissions} == {"apigateway.amazonaws.com"}


def test_the_browser_needs_no_other_origin(in_aws: Described) -> None:
    assert "CorsConfiguration" not in in_aws.one("AWS::ApiGatewayV2::Api", "Http")[1]["Properties"]


@pytest.mark.parametrize("name", ["Http", "Live"])
def test_a_stage_is_throttled(name: str, in_aws: Described) -> None:
    settings = in_aws.one("AWS::ApiGatewayV2::Stage", name)[1]["Properties"]["DefaultRouteSettings"]
    assert settings["ThrottlingRateLimit"] == 100
    assert settings["ThrottlingBurstLimit"] == 200


@pytest.mark.parametrize("name", ["Http", "Live"])
def test_a_stage_writes_down_each_request_and_never_where_it_came_from(name: str, in_aws: Described) -> None:
    log = in_aws.one("AWS::ApiGatewayV2::Stage", name)[1]["Properties"]["AccessLogSettings"]
    assert "DestinationArn" in log
    written = set(json.loads(log["Format"]).values())
    assert {"$context.requestId", "$context.routeKey", "$context.status"} <= written
    telling = ("identity", "path", "query", "authorizer", "header", "domain", "connectionId", "message")
    assert [variable for variable in written if any(word in variable for word in telling)] == []
