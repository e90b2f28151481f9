"""Clients of the emulator, under its own key and never under anyone's real one."""

from typing import Any

import boto3

from local.places import Places


def client(places: Places, service: str) -> Any:
    """A client of `service` in the emulator."""
    return boto3.client(
        service,
        endpoint_url=places.emulator,
        region_name=places.aws["AWS_REGION"],
        aws_access_key_id=places.aws["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=places.aws["AWS_SECRET_ACCESS_KEY"],
    )
