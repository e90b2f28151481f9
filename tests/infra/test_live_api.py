"""What the WebSocket API answers."""

import pytest

from infra.live_api import STAGE
from tests.infra.described import Described


def _routes(described: Described) -> dict[str, object]:
    api, _ = described.one("AWS::ApiGatewayV2::Api", "Live")
    routes = [r["Properties"] for r in described.all("AWS::ApiGatewayV2::Route").values()]
    return {route["RouteKey"]: route for route in routes if route["ApiId"] == {"Ref": api}}


def test_a_frame_is_led_by_its_type(in_aws: Described) -> None:
    api = in_aws.one("AWS::ApiGatewayV2::Api", "Live")[1]["Properties"]
    assert api["ProtocolType"] == "WEBSOCKET"
    assert api["RouteSelectionExpression"] == "$request.body.type"
    assert set(_routes(in_aws)) == {"$connect", "$disconnect", "ping", "$default"}


def test_a_ping_is_answered_on_the_socket_it_came_by(in_aws: Described) -> None:
    assert len(in_aws.all("AWS::ApiGatewayV2::RouteResponse")) == 2


def test_the_stage_has_the_name_of_the_path_on_the_site(in_aws: Described) -> None:
    assert in_aws.one("AWS::ApiGatewayV2::Stage", "Live")[1]["Properties"]["StageName"] == STAGE == "live"


def test_the_account_may_log_before_the_stage_does(in_aws: Described) -> None:
    account, described = in_aws.one("AWS::ApiGateway::Account")
    assert account in in_aws.one("AWS::ApiGatewayV2::Stage", "Live")[1]["DependsOn"]
    assert described["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize("package", ["member_api", "staff_api", "live"])
def test_whoever_sends_frames_is_told_where_sockets_are(
    package: str, in_aws: Described, on_a_laptop: Described
) -> None:
    def endpoint(described: Described) -> str:
        told = described.functions()[package]["Properties"]["Environment"]["Variables"]["LIVE_ENDPOINT"]
        parts = told["Fn::Join"][1]
        return "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)

    (id_, _) = in_aws.one("AWS::ApiGatewayV2::Api", "Live")
    assert endpoint(in_aws) == f"https://<{id_}>.execute-api.<AWS::Region>.<AWS::URLSuffix>/live"
    assert endpoint(on_a_laptop) == f"http://127.0.0.1:4566/_aws/execute-api/<{id_}>/live"
