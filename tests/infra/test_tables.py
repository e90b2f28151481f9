"""What happens to the records."""

import pytest

from tests.infra.described import Described

TABLE = "AWS::DynamoDB::GlobalTable"
NAMES = ["TablesPeople", "TablesAppointments", "TablesRooms", "TablesAudit"]


def test_there_are_four_tables_and_no_others(in_aws: Described) -> None:
    assert sorted(name[:-8] for name in in_aws.all(TABLE)) == sorted(NAMES)
    assert in_aws.all("AWS::DynamoDB::Table") == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_table_can_be_recovered_is_encrypted_and_outlives_the_stack(name: str, in_aws: Described) -> None:
    _, table = in_aws.one(TABLE, name)
    key, _ = in_aws.one("AWS::KMS::Key")
    properties = table["Properties"]
    (replica,) = properties["Replicas"]
    assert replica["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert replica["DeletionProtectionEnabled"] is True
    assert properties["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
    assert replica["SSESpecification"] == {"KMSMasterKeyId": {"Fn::GetAtt": [key, "Arn"]}}
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain")


@pytest.mark.parametrize("name", NAMES)
def test_a_table_costs_nothing_idle_and_forgets_what_has_expired(name: str, in_aws: Described) -> None:
    properties = in_aws.one(TABLE, name)[1]["Properties"]
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


@pytest.mark.parametrize("name", NAMES)
def test_no_decision_can_be_taken_on_an_index_that_lags(name: str, in_aws: Described) -> None:
    properties = in_aws.one(TABLE, name)[1]["Properties"]
    assert "GlobalSecondaryIndexes" not in properties
    assert properties["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]


def test_only_appointments_tell_what_changed(in_aws: Described) -> None:
    streams = {name[:-8]: t["Properties"].get("StreamSpecification") for name, t in in_aws.all(TABLE).items()}
    assert streams.pop("TablesAppointments") == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert set(streams.values()) == {None}


def test_the_key_is_renewed_each_year_and_outlives_the_stack(in_aws: Described) -> None:
    _, key = in_aws.one("AWS::KMS::Key")
    assert key["Properties"]["EnableKeyRotation"] is True
    assert key["DeletionPolicy"] == "Retain"


def test_encryption_can_be_left_to_aws(in_aws_plain: Described) -> None:
    assert in_aws_plain.all("AWS::KMS::Key") == {}
    assert in_aws_plain.all("AWS::KMS::Alias") == {}
    for table in in_aws_plain.all(TABLE).values():
        assert table["Properties"]["SSESpecification"] == {"SSEEnabled": False}
