"""What every test can ask for: a site of its own and the cast.

The emulators start once per process, when the first test needs them. A test that needs one that is not there is
skipped and says why.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.support import cognito, dynamodb_local
from tests.support.api import Browser
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.dynamodb_local import TableNames
from tests.support.rehearsal import Rehearsal
from tests.support.service_model import Guard
from tests.support.site import Emulators, Site, aws_client, borrowed
from tests.support.site import site as one_site

# No test ever reaches a real account, whatever the person who runs it is signed in to.
os.environ.update(
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
    POWERTOOLS_SERVICE_NAME="tests",
    POWERTOOLS_METRICS_NAMESPACE="Hearthline",
)
for variable in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
    os.environ.pop(variable, None)

# The same examples each time; `--hypothesis-profile wide` looks further, and elsewhere each time.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("wide", max_examples=2000, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def dynamodb_address() -> Iterator[str]:
    """Where DynamoDB Local runs."""
    if reason := dynamodb_local.missing():
        pytest.skip(reason)
    with dynamodb_local.running() as address:
        yield address


@pytest.fixture(scope="session")
def emulators(dynamodb_address: str) -> Iterator[Emulators]:
    """DynamoDB and the user pools."""
    if reason := cognito.missing():
        pytest.skip(reason)
    with cognito.running() as address:
        client = aws_client("cognito-idp", address)
        members = cognito.create_pool(client, "members", mfa="OFF")
        staff = cognito.create_pool(client, "staff", mfa="OPTIONAL")
        yield Emulators(dynamodb_address, address, members, staff)


@pytest.fixture
def dynamodb(dynamodb_address: str) -> Iterator[Any]:
    """A DynamoDB client that refuses what AWS would refuse."""
    guard = Guard()
    with borrowed("dynamodb", dynamodb_address) as client:
        guard.watch(client)
        yield client
    assert guard.faults == []


@pytest.fixture
def tables(dynamodb: Any) -> Iterator[TableNames]:
    """The four tables, empty. For tests that need no people."""
    names = dynamodb_local.create_tables(dynamodb)
    yield names
    dynamodb_local.delete_tables(dynamodb, names)


@pytest.fixture(scope="session")
def rehearsal(emulators: Emulators) -> Rehearsal:
    """The cast's parts."""
    with one_site(emulators) as site:
        return Rehearsal(site)


@pytest.fixture
def site(emulators: Emulators) -> Iterator[Site]:
    """A site with nobody on it."""
    with one_site(emulators) as made:
        yield made


@pytest.fixture
def clock(site: Site) -> VirtualClock:
    """The site's time."""
    return site.clock


@pytest.fixture
def alice(site: Site, rehearsal: Rehearsal) -> Client:
    """A client, signed in."""
    return rehearsal.enters(site, "alice")


@pytest.fixture
def ben(site: Site, rehearsal: Rehearsal) -> Client:
    """Another client, signed in: to Alice's things a stranger."""
    return rehearsal.enters(site, "ben")


@pytest.fixture
def sam(site: Site) -> Browser:
    """A stranger, signed out."""
    return site.browser("192.0.2.66")


@pytest.fixture
def ada(site: Site, rehearsal: Rehearsal) -> StaffMember:
    """The first admin, signed in."""
    return rehearsal.enters(site, "ada")


@pytest.fixture
def tom(site: Site, rehearsal: Rehearsal, ada: StaffMember) -> StaffMember:
    """A counselor, signed in."""
    return rehearsal.enters(site, "tom", ada)


@pytest.fixture
def maya(site: Site, rehearsal: Rehearsal, ada: StaffMember) -> StaffMember:
    """A facilitator, signed in."""
    return rehearsal.enters(site, "maya", ada)
