"""The key pair for push messages as a resource of the stack: made at the first deployment, and kept from then on.

Deleting the stack leaves it in SSM, as the tables are left: the subscriptions in them are worth nothing without it.
"""

from typing import Any

from functions.custom_resource import Event, Made, answer
from shared import aws
from shared.reminders.push_key import Parameters, PushKey
from shared.reminders.vapid import public_text


def handler(event: dict[str, Any], _context: object) -> None:
    """Make the key if there is none, and tell CloudFormation its public half."""
    answer(event, lambda event: serve(aws.ssm(), event))


def serve(parameters: Parameters, event: Event) -> Made:
    """Do what the event asks. Asked twice, it is done once."""
    if event["RequestType"] == "Delete":
        return Made(event["PhysicalResourceId"])
    name = event["ResourceProperties"]["Parameter"]
    return Made(name, {"PublicKey": public_text(PushKey(parameters, name).made())})
