"""What the stack says when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Aws, CfnOutput

from infra.live_api import STAGE
from infra.settings import Settings
from infra.site import origin_key

if TYPE_CHECKING:
    from infra.stack import HearthlineStack


def next_steps(stack: HearthlineStack, settings: Settings) -> None:
    """Say what a person does next, in order."""
    steps = (
        f"Open the mail to {settings.admin_email} and sign in at {stack.site_address}/staff with its one-time password."
        if settings.admin_email
        else "Put hearthline.admin_email into cdk.json and deploy again: the first admin is invited by mail.",
        "As admin, invite a counselor (People), who then writes a profile and weekly hours.",
        f"Read every help line at {stack.site_address}/help as your clients would, then share {stack.site_address}.",
    )
    for number, step in enumerate(steps, 1):
        CfnOutput(stack, f"Next{number}", value=step)


def for_the_laptop(stack: HearthlineStack) -> None:
    """Name the resources the laptop's gateway, seed and tests talk to."""
    names = {
        "HttpApiId": stack.http.api.api_id,
        "LiveApiId": stack.live.api.api_id,
        "LiveStage": STAGE,
        "OriginKey": origin_key(),
        "SiteBucket": stack.site.bucket.bucket_name,
        "SiteDomain": stack.site.distribution.domain_name,
        "MemberPoolId": stack.identity.members.user_pool_id,
        "MemberClientId": stack.identity.member_client.user_pool_client_id,
        "StaffPoolId": stack.identity.staff.user_pool_id,
        "StaffClientId": stack.identity.staff_client.user_pool_client_id,
        "PeopleTable": stack.tables.people.table_name,
        "AppointmentsTable": stack.tables.appointments.table_name,
        "RoomsTable": stack.tables.rooms.table_name,
        "AuditTable": stack.tables.audit.table_name,
        "Region": Aws.REGION,
        **{f"{name}Function": worker.function_name for name, worker in stack.workers.all.items()},
    }
    for name, value in names.items():
        CfnOutput(stack, name, value=value)
