"""Cognito user pools, played by MiniStack: the same emulator as on a laptop, here with Cognito and queues alone."""

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.support.processes import serving


def missing() -> str:
    """Why it can't run here, in one sentence; empty if it can."""
    if importlib.util.find_spec("ministack") is None:
        return "Cognito is played by MiniStack, which is in local/requirements.txt and not installed here."
    return ""


@contextmanager
def running() -> Iterator[str]:
    """Run it, empty, until the block ends; its address."""

    def environment(port: int) -> Mapping[str, str]:
        chosen = {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "SERVICES": "cognito-idp,sqs",
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "ERROR",
        }
        return {**os.environ, **chosen}

    with serving(lambda _port: [sys.executable, "-m", "ministack"], environment) as port:
        yield f"http://127.0.0.1:{port}"


@dataclass(frozen=True)
class Pool:
    """One user pool and its server-side client."""

    id: str
    client_id: str


def create_pool(client: Any, name: str, *, mfa: str) -> Pool:
    """A pool with the settings of `infra/identity.py`; `mfa` is OFF for members, OPTIONAL for staff on a laptop."""
    policy = {
        "MinimumLength": 12,
        "RequireUppercase": False,
        "RequireLowercase": False,
        "RequireNumbers": False,
        "RequireSymbols": False,
        "TemporaryPasswordValidityDays": 7,
    }
    pool = client.create_user_pool(
        PoolName=name,
        Policies={"PasswordPolicy": policy},
        MfaConfiguration="OFF",
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
        UsernameConfiguration={"CaseSensitive": False},
    )["UserPool"]["Id"]
    if mfa != "OFF":
        client.set_user_pool_mfa_config(
            UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration=mfa
        )
    made = client.create_user_pool_client(
        UserPoolId=pool,
        ClientName="functions",
        GenerateSecret=False,
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        PreventUserExistenceErrors="ENABLED",
        EnableTokenRevocation=True,
        AccessTokenValidity=15,
        IdTokenValidity=15,
        RefreshTokenValidity=30,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
        AuthSessionValidity=10,
    )
    return Pool(pool, made["UserPoolClient"]["ClientId"])


def usernames(client: Any, pool: Pool) -> set[str]:
    """Everybody the pool knows."""
    pages = client.get_paginator("list_users").paginate(UserPoolId=pool.id)
    return {user["Username"] for page in pages for user in page["Users"]}


def empty(client: Any, pool: Pool) -> None:
    """Remove everybody."""
    for username in usernames(client, pool):
        client.admin_delete_user(UserPoolId=pool.id, Username=username)
