"""A site to measure, with the emulators that tests use."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.support import cognito, dynamodb_local
from tests.support.site import Emulators, Site, aws_client, site


@contextmanager
def measured_site() -> Iterator[Site]:
    """A site with nobody on it. Ends with a sentence if an emulator is not to be had."""
    os.environ.update(AWS_DEFAULT_REGION="us-east-1", AWS_EC2_METADATA_DISABLED="true", LOG_LEVEL="ERROR")
    if reason := dynamodb_local.missing() or cognito.missing():
        raise SystemExit(reason)
    with ExitStack() as running:
        dynamodb = running.enter_context(dynamodb_local.running())
        pools = running.enter_context(cognito.running())
        client = aws_client("cognito-idp", pools)
        members = cognito.create_pool(client, "members", mfa="OFF")
        staff = cognito.create_pool(client, "staff", mfa="OPTIONAL")
        yield running.enter_context(site(Emulators(dynamodb, pools, members, staff)))
