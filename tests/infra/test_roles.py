"""What each function may do: all of it, so that one more permission is one more line here."""

import json
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from infra.bundle import SERVICES
from tests.infra.described import Described, as_list

READ = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
WRITE = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}
PUT = {"dynamodb:PutItem"}
KEY = {
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
}
LOG = {"logs:CreateLogStream", "logs:PutLogEvents"}
TRACE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
FRAMES = {f"LiveApi/live/{method}/@connections/*": {"execute-api:ManageConnections"} for method in ("POST", "DELETE")}
WAKE_UPS = {"schedule/WakeUpsGroup/*": {"scheduler:CreateSchedule"}, "WakeUpsRole": {"iam:PassRole"}}
CALLS = {
    "meeting/*": {
        "chime:GetMeeting",
        "chime:CreateAttendee",
        "chime:ListAttendees",
        "chime:DeleteAttendee",
        "chime:DeleteMeeting",
    },
    "*": {"chime:CreateMeeting"},
}
QUEUE = {"sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"}
# Mails come from one address; SES looks for it, and for the domain it lies in.
MAIL = {"ses:SendEmail", "ses:SendRawEmail"}

ALLOWED: dict[str, dict[str, set[str]]] = {
    "member_api": {
        "TablesPeople": READ | WRITE,
        "TablesAppointments": READ | WRITE,
        "TablesRooms": READ | WRITE,
        "TablesAudit": PUT,
        "WorkersShards": {"sqs:SendMessage"},
        "WorkersRemind": {"lambda:InvokeFunction"},
        **FRAMES,
        **CALLS,
        "IdentityMembers": {
            "cognito-idp:AdminCreateUser",
            "cognito-idp:AdminDeleteUser",
            "cognito-idp:AdminGetUser",
            "cognito-idp:AdminInitiateAuth",
            "cognito-idp:AdminSetUserPassword",
            "cognito-idp:AdminUserGlobalSignOut",
        },
    },
    "staff_api": {
        "TablesPeople": READ | WRITE,
        "TablesAppointments": READ | WRITE,
        "TablesRooms": READ | WRITE,
        "TablesAudit": PUT,
        "WorkersShards": {"sqs:SendMessage"},
        "WorkersRemind": {"lambda:InvokeFunction"},
        **FRAMES,
        **CALLS,
        "IdentityStaff": {
            "cognito-idp:AdminCreateUser",
            "cognito-idp:AdminDisableUser",
            "cognito-idp:AdminEnableUser",
            "cognito-idp:AdminGetUser",
            "cognito-idp:AdminInitiateAuth",
            "cognito-idp:AdminRespondToAuthChallenge",
            "cognito-idp:AdminSetUserMFAPreference",
            "cognito-idp:AdminSetUserPassword",
            "cognito-idp:AdminUserGlobalSignOut",
        },
        **WAKE_UPS,
    },
    "live": {
        "TablesRooms": READ | WRITE,
        **FRAMES,
        "TablesPeople": {"dynamodb:GetItem", "dynamodb:DeleteItem"},
    },
    "fanout": {
        "TablesRooms": READ | WRITE,
        **FRAMES,
        "WorkersShards": {
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
        },
    },
    "changes": {
        "TablesAppointments.StreamArn": {
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
        },
        "TablesAudit": PUT,
        "TablesAppointments": READ | WRITE,
        "TablesPeople": {"dynamodb:BatchGetItem"},
        "WorkersUnreadChanges": QUEUE,
        "WorkersRemind": {"lambda:InvokeFunction"},
        **WAKE_UPS,
    },
    "remind": {
        "TablesAppointments": READ | WRITE,
        "TablesPeople": READ | {"dynamodb:UpdateItem", "dynamodb:DeleteItem"},
        "TablesRooms": READ,
        "parameter/Hearthline/push-key": {"ssm:GetParameter"},
        "WorkersFailedWakeUps": QUEUE,
        "identity/care@riverside.example": MAIL,
        "identity/riverside.example": MAIL,
        "configuration-set/ChannelsMailSet": MAIL,
    },
    "modes": {
        "TablesRooms": READ | {"dynamodb:PutItem", "dynamodb:DeleteItem"},
        **FRAMES,
        "WorkersFailedWakeUps": QUEUE,
        **FRAMES,
        **WAKE_UPS,
    },
    "meeting_events": {
        "TablesRooms": {"dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"},
        "WorkersFailedMeetingEvents": QUEUE,
    },
    "push_keys": {"parameter/Hearthline/push-key": {"ssm:GetParameter", "ssm:PutParameter"}},
    "calendars": {
        "TablesAppointments": READ | {"dynamodb:PutItem", "dynamodb:UpdateItem"},
        "WorkersFailedSweeps": QUEUE,
    },
    "sweep": {
        "TablesPeople": READ | WRITE,
        "IdentityMembers": {"cognito-idp:AdminDeleteUser"},
        "TablesAppointments": READ | {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"},
        "TablesRooms": READ | {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"},
        "WorkersFailedSweeps": QUEUE,
        "WorkersRemind": {"lambda:InvokeFunction"},
        "meeting/*": {"chime:DeleteMeeting", "chime:ListAttendees", "chime:DeleteAttendee"},
        **FRAMES,
        **WAKE_UPS,
    },
}
READ_TABLES = [package for package, allowed in ALLOWED.items() if any(name.startswith("Tables") for name in allowed)]


def _role(described: Described, package: str) -> str:
    return described.functions()[package]["Properties"]["Role"]["Fn::GetAtt"][0]


def _resource(resource: object) -> str:
    """`TablesPeople` for the table's ARN; with the attribute when it is another than the ARN.

    Of what is named by its parts, the last: `LiveApi/live/…`, `schedule/WakeUpsGroup/*`.
    """
    if isinstance(resource, dict) and "Fn::GetAtt" in resource:
        name, attribute = resource["Fn::GetAtt"]
        return name[:-8] if attribute == "Arn" else f"{name[:-8]}.{attribute}"
    if isinstance(resource, dict) and "Fn::Join" in resource:
        parts = [part if isinstance(part, str) else part["Ref"][:-8] for part in resource["Fn::Join"][1]]
        return "".join(parts).rsplit(":", 1)[1]
    return str(resource)


def _granted(described: Described, package: str) -> dict[str, set[str]]:
    granted: dict[str, set[str]] = defaultdict(set)
    for statement in described.statements(_role(described, package)):
        assert statement["Effect"] == "Allow"
        for resource in as_list(statement["Resource"]):
            granted[_resource(resource)].update(as_list(statement["Action"]))
    return granted


@pytest.mark.parametrize("package", list(ALLOWED))
def test_a_function_may_do_this_and_nothing_else(package: str, in_aws: Described) -> None:
    logs = f"Logs{package.title().replace('_', '')}"
    expected = {name: set(actions) for name, actions in ALLOWED[package].items()}
    expected[logs] = LOG
    if package in READ_TABLES:
        expected["EncryptionKey"] = KEY
    expected["*"] = TRACE | expected.get("*", set())
    assert _granted(in_aws, package) == expected


# Lambda itself reads the stream for `changes`, and the CDK lets it decrypt without naming the way.
@pytest.mark.parametrize("package", [package for package in READ_TABLES if package != "changes"])
def test_the_key_serves_a_function_only_through_dynamodb_or_for_a_purpose(package: str, in_aws: Described) -> None:
    uses = [s for s in in_aws.statements(_role(in_aws, package)) if "kms:Decrypt" in as_list(s["Action"])]
    conditions = [list(use["Condition"]["StringEquals"]) for use in uses]
    assert ["kms:ViaService"] in conditions
    for condition in conditions:
        assert condition in (["kms:ViaService"], ["kms:EncryptionContext:purpose"])


@pytest.mark.parametrize("package", list(ALLOWED))
def test_without_a_key_a_function_asks_for_none(package: str, in_aws_plain: Described) -> None:
    assert "kms:" not in json.dumps(list(in_aws_plain.statements(_role(in_aws_plain, package))))


@pytest.mark.parametrize("package", list(ALLOWED))
def test_a_role_belongs_to_one_function_and_holds_no_managed_policy(package: str, in_aws: Described) -> None:
    role = in_aws.template["Resources"][_role(in_aws, package)]["Properties"]
    assert "ManagedPolicyArns" not in role
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert len({_role(in_aws, other) for other in ALLOWED}) == len(ALLOWED)


def test_on_a_laptop_every_function_has_the_permissions_it_has_in_aws(
    in_aws: Described, on_a_laptop: Described
) -> None:
    # The emulator looks for the permission as if every schedule were in the group `default`.
    wherever = {"schedule/default/*": {"scheduler:CreateSchedule"}}
    for package, allowed in ALLOWED.items():
        more = wherever if allowed.keys() >= WAKE_UPS.keys() else {}
        if package == "remind":
            more = {"*": TRACE | MAIL}  # the emulator asks for it on everything
        assert _granted(on_a_laptop, package) == _granted(in_aws, package) | more


@pytest.mark.parametrize("place", ["in_aws", "in_aws_plain", "on_a_laptop"])
def test_nobody_may_read_a_whole_table(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    policies = json.dumps(described.all("AWS::IAM::Policy")) + json.dumps(described.all("AWS::IAM::Role"))
    assert "dynamodb:Scan" not in policies
    assert "dynamodb:*" not in policies
    assert "PartiQL" not in policies


# Of services that can record or write down what is said, all that anybody here may do. An allow-list: a wildcard, an
# action that is new, and every pipeline, transcription and stream fall outside of it.
HARMLESS = {
    "kinesisvideo:GetSignalingChannelEndpoint",  # of the relay, which passes on what it cannot read
    "kinesisvideo:GetIceServerConfig",
    "chime:CreateMeeting",
    "chime:GetMeeting",
    "chime:DeleteMeeting",
    "chime:CreateAttendee",
    "chime:ListAttendees",
    "chime:DeleteAttendee",
}
RECORDING_SERVICES = {
    "chime",
    "connect",
    "elastictranscoder",
    "ivs",
    "ivschat",
    "kinesisvideo",
    "mediaconvert",
    "medialive",
    "mediapackage",
    "mediastore",
    "transcribe",
}


def _allowed_actions(value: object) -> Iterator[str]:
    """Every action that any statement in the template allows: in policies of roles, of resources, of keys."""
    if isinstance(value, dict):
        if value.get("Effect") == "Allow":
            assert "NotAction" not in value
            yield from as_list(value["Action"])
        for inner in value.values():
            yield from _allowed_actions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _allowed_actions(inner)


def _can_record(action: str) -> bool:
    service = action.split(":")[0].lower()
    may_be_one = any(fnmatch(known, service) for known in RECORDING_SERVICES)
    return may_be_one and action not in HARMLESS


@pytest.mark.parametrize("place", ["in_aws", "in_aws_plain", "on_a_laptop"])
def test_nothing_in_the_stack_can_record_a_conversation(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    template = json.dumps(described.template)
    kinds = {r["Type"].split("::")[1] for r in described.template["Resources"].values()}
    assert kinds.isdisjoint({"Chime", "KinesisVideo", "Transcribe", "MediaLive", "MediaConvert", "IVS"})
    for action in (
        "MediaCapturePipeline",
        "MediaConcatenation",
        "MediaStreamPipeline",
        "MediaInsights",
        "Transcription",
        "mediapipelines",  # the service principal that would write into a bucket
    ):
        assert action not in template
    actions = set(_allowed_actions(described.template["Resources"]))
    assert "chime:CreateMeeting" in actions
    assert [action for action in actions if _can_record(action)] == []


@pytest.mark.parametrize(
    "action",
    [
        "*",
        "chime:*",
        "chime:Create*",
        "chime:CreateMediaCapturePipeline",
        "chime:StartMeetingTranscription",
        "chime:UpdateAttendeeCapabilities",
        "Chime:StartMeetingTranscription",
        "kinesisvideo:PutMedia",
        "kinesisvideo:GetMedia",
        "kinesisvideo:JoinStorageSession",
        "transcribe:StartStreamTranscription",
        "ivs:*",
        "media*:*",
    ],
)
def test_an_action_that_could_record_would_be_found(action: str) -> None:
    assert _can_record(action)


def test_the_functions_do_not_even_carry_the_means_to_record() -> None:
    # Chime's voice places calls; what it could listen with, no role allows (test_phone.py).
    harmless = {"chime-sdk-meetings", "chime-sdk-voice", "kinesisvideo", "kinesis-video-signaling"}
    near = {s for s in SERVICES if any(word in s for word in ("chime", "ivs", "kinesis", "media", "transcribe"))}
    assert near == harmless
