"""DynamoDB Local: Amazon's own DynamoDB for tests. It transacts for real, which moto and most fakes do not."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from tests.support.processes import serving

_EMULATOR = Path(__file__).parents[2] / "node_modules" / "amplify-dynamodb-simulator" / "emulator"
_JAR = _EMULATOR / "DynamoDBLocal.jar"


def missing() -> str:
    """Why it can't run here, in one sentence; empty if it can."""
    if shutil.which("java") is None:
        return "DynamoDB Local needs Java, and there is none on this machine."
    if not _JAR.exists():
        return "DynamoDB Local comes with `npm ci`, which has not been run here."
    return ""


@contextmanager
def running() -> Iterator[str]:
    """Run it, empty and in memory, until the block ends; its address."""

    def command(port: int) -> list[str]:
        java = ["java", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        library = f"-Djava.library.path={_EMULATOR / 'DynamoDBLocal_lib'}"
        return [*java, library, "-jar", str(_JAR), "-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]

    with serving(command, lambda _port: os.environ) as port:
        yield f"http://127.0.0.1:{port}"


@dataclass(frozen=True)
class TableNames:
    """The four tables of one test, as a deployment would name them."""

    people: str
    appointments: str
    rooms: str
    audit: str


def create_tables(client: Any) -> TableNames:
    """Four empty tables that no other test knows."""
    world = uuid.uuid4().hex[:12]
    names = TableNames(*(f"{name}-{world}" for name in ("people", "appointments", "rooms", "audit")))
    for name in astuple(names):
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "S"},
                {"AttributeName": "sk", "AttributeType": "S"},
            ],
        )
    return names


def delete_tables(client: Any, names: TableNames) -> None:
    """Give their memory back."""
    for name in astuple(names):
        client.delete_table(TableName=name)


def raw_items(client: Any, name: str) -> list[dict[str, Any]]:
    """Everything in a table, as DynamoDB keeps it. Only tests look at a table like this."""
    pages = client.get_paginator("scan").paginate(TableName=name)
    return [item for page in pages for item in page["Items"]]
