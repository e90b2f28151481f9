"""Who can sign in, and for how long."""

import json

import pytest

from tests.infra.described import Described

POOL = "AWS::Cognito::UserPool"
CLIENT = "AWS::Cognito::UserPoolClient"


@pytest.mark.parametrize("name", ["IdentityMembers", "IdentityStaff"])
def test_nobody_signs_themselves_up_and_the_pool_outlives_the_stack(name: str, in_aws: Described) -> None:
    _, pool = in_aws.one(POOL, name)
    assert pool["Properties"]["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"
    assert pool["DeletionPolicy"] == "Retain"
    assert pool["Properties"]["AccountRecoverySetting"]["RecoveryMechanisms"] == [{"Name": "admin_only", "Priority": 1}]


@pytest.mark.parametrize("name", ["IdentityMembers", "IdentityStaff"])
def test_passwords_are_long_and_follow_no_composition_rule(name: str, in_aws: Described) -> None:
    policy = in_aws.one(POOL, name)[1]["Properties"]["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] == 12
    assert [rule for rule in policy if rule.startswith("Require") and policy[rule]] == []


def test_a_member_is_known_by_a_handle_alone(in_aws: Described) -> None:
    properties = in_aws.one(POOL, "IdentityMembers")[1]["Properties"]
    assert "Schema" not in properties
    assert "AliasAttributes" not in properties
    assert "UsernameAttributes" not in properties
    assert "AutoVerifiedAttributes" not in properties
    assert properties["MfaConfiguration"] == "OFF"


def test_staff_need_a_second_factor_in_aws_and_never_by_text_message(in_aws: Described) -> None:
    properties = in_aws.one(POOL, "IdentityStaff")[1]["Properties"]
    assert properties["MfaConfiguration"] == "ON"
    assert properties["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert "SmsConfiguration" not in properties


def test_on_a_laptop_the_second_factor_can_be_tried_but_is_not_forced(on_a_laptop: Described) -> None:
    assert on_a_laptop.one(POOL, "IdentityStaff")[1]["Properties"]["MfaConfiguration"] == "OPTIONAL"


@pytest.mark.parametrize("name", ["IdentityMemberClient", "IdentityStaffClient"])
def test_a_sign_in_says_nothing_of_who_exists_and_ends_when_it_should(name: str, in_aws: Described) -> None:
    client = in_aws.one(CLIENT, name)[1]["Properties"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["EnableTokenRevocation"] is True
    assert (client["AccessTokenValidity"], client["TokenValidityUnits"]["AccessToken"]) == (15, "minutes")
    assert (client["IdTokenValidity"], client["TokenValidityUnits"]["IdToken"]) == (15, "minutes")
    # Cognito's own rotation stays off: the service keeps and rotates its own record of each sign-in.
    assert "RefreshTokenRotation" not in client
    assert (client["RefreshTokenValidity"], client["TokenValidityUnits"]["RefreshToken"]) == (43200, "minutes")


@pytest.mark.parametrize("name", ["IdentityMemberClient", "IdentityStaffClient"])
def test_only_a_function_of_ours_can_turn_a_password_into_tokens(name: str, in_aws: Described) -> None:
    client = in_aws.one(CLIENT, name)[1]["Properties"]
    assert sorted(client["ExplicitAuthFlows"]) == ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    assert client.get("AllowedOAuthFlowsUserPoolClient", False) is False
    assert client["GenerateSecret"] is False


def test_the_first_admin_is_invited_under_an_id_known_beforehand(in_aws: Described) -> None:
    _, admin = in_aws.one("AWS::Cognito::UserPoolUser")
    assert (
        admin["Properties"]["Username"] == "440cc4fb579c675c71333d24033238de"
    )  # sha256 of first-admin:ada@riverside.example
    assert {"Name": "email", "Value": "Ada@riverside.example"} in admin["Properties"]["UserAttributes"]
    assert admin["Properties"]["DesiredDeliveryMediums"] == ["EMAIL"]
    assert "MessageAction" not in admin["Properties"]


def test_the_invitation_names_the_organisation_and_the_site(in_aws: Described) -> None:
    template = in_aws.one(POOL, "IdentityStaff")[1]["Properties"]["AdminCreateUserConfig"]["InviteMessageTemplate"]
    words = json.dumps(template["EmailMessage"])
    assert "Riverside Listening" in words
    assert "SiteDistribution" in words
    assert "{####}" in words
    assert "reference {username}" in words
    assert "{" not in template["EmailSubject"]


def test_without_an_admin_address_nobody_is_invited(in_aws_plain: Described, on_a_laptop: Described) -> None:
    assert in_aws_plain.all("AWS::Cognito::UserPoolUser") == {}
    assert on_a_laptop.all("AWS::Cognito::UserPoolUser") == {}
