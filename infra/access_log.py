"""What the gateways write down about a request: never who, from where, or about whom."""

import json

import jsii
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_logs as logs

# A route key is a pattern such as `GET /api/appointments/{appointment_id}`: it holds no id and no query.
_HTTP = {
    "request_id": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "function_latency_ms": "$context.integrationLatency",
    "function_status": "$context.integrationStatus",
    "error": "$context.error.responseType",
    "bytes": "$context.responseLength",
}
_SOCKET = {
    "request_id": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "route": "$context.routeKey",
    "event": "$context.eventType",
    "status": "$context.status",
    "function_latency_ms": "$context.integrationLatency",
    "function_status": "$context.integrationStatus",
    "error": "$context.error.responseType",
}


@jsii.implements(apigwv2.IAccessLogSettings)
class AccessLog:
    """Access log settings of a stage, one line of JSON a request."""

    def __init__(self, group: logs.ILogGroup, fields: dict[str, str]) -> None:
        self._group = group
        self._fields = fields

    @property
    def destination(self) -> apigwv2.IAccessLogDestination:
        """Where the lines go."""
        return apigwv2.LogGroupLogDestination(self._group)

    @property
    def format(self) -> apigateway.AccessLogFormat:
        """What a line says."""
        return apigateway.AccessLogFormat.custom(json.dumps(self._fields))


def http_access_log(group: logs.ILogGroup) -> AccessLog:
    """The log of an HTTP API."""
    return AccessLog(group, _HTTP)


def socket_access_log(group: logs.ILogGroup) -> AccessLog:
    """The log of a WebSocket API."""
    return AccessLog(group, _SOCKET)
