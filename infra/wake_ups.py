"""One-time schedules that the functions make themselves, and the one role by which they wake functions."""

from collections.abc import Mapping

from aws_cdk import ArnFormat, Aws, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.reasons import accept
from infra.worker import Worker

_WHY_ANY_SCHEDULE = "Schedules are named when they are made; the group holds nothing but this stack's own."
_WHY_INLINE = "The policy belongs to this role alone and goes with it."


class WakeUps(Construct):
    """A schedule group whose schedules wake `targets`; what EventBridge Scheduler cannot deliver goes to `failures`."""

    def __init__(
        self, scope: Construct, id_: str, *, targets: Mapping[str, Worker], failures: sqs.IQueue, local: bool
    ) -> None:
        super().__init__(scope, id_)
        self._targets = targets
        self._failures = failures
        self._planners: list[Worker] = []
        self._group = scheduler.CfnScheduleGroup(self, "Group")
        # The emulator looks for the permission as if every schedule were in the group `default`.
        self._granted = [self._group.ref, *(["default"] if local else [])]
        self._role = iam.Role(
            self,
            "Role",
            # No other account's schedule, nor one outside of the group, can borrow the role.
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={
                    "StringEquals": {
                        "aws:SourceAccount": Aws.ACCOUNT_ID,
                        "aws:SourceArn": self._group.attr_arn,
                    }
                },
            ),
        )
        accept(self._role, {"HIPAA.Security-IAMNoInlinePolicy": _WHY_INLINE})
        for target in targets.values():
            self._role.add_to_policy(
                iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[target.function_arn])
            )
        self._role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[failures.queue_arn]))

    def allow_planning(self, worker: Worker, target: str) -> None:
        """Let `worker` make schedules that wake the target of this name, and tell it what it needs for that.

        A function is not told its own address, which would be a circle: Lambda says it at each invocation.
        """
        if worker is not self._targets[target]:
            worker.add_environment(f"{target.upper()}_FUNCTION_ARN", self._targets[target].function_arn)
        if worker in self._planners:
            return
        self._planners.append(worker)
        told = {
            "SCHEDULE_GROUP": self._group.ref,
            "SCHEDULER_ROLE_ARN": self._role.role_arn,
            "WAKE_UPS_DLQ_ARN": self._failures.queue_arn,
        }
        for name, value in told.items():
            worker.add_environment(name, value)
        for group in self._granted:
            self._allow_schedules(worker, group)
        worker.add_to_role_policy(
            iam.PolicyStatement(
                actions=["iam:PassRole"],
                resources=[self._role.role_arn],
                conditions={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
            )
        )

    def _allow_schedules(self, worker: Worker, group: str) -> None:
        schedules = Stack.of(self).format_arn(
            service="scheduler",
            resource="schedule",
            resource_name=f"{group}/*",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        worker.may(("scheduler:CreateSchedule",), on=schedules)
        # cdk-nag writes a reference as its name in angle brackets.
        parts = Stack.of(self).resolve(schedules)["Fn::Join"][1]
        named = "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)
        if worker.role:
            accept(worker.role, {f"AwsSolutions-IAM5[Resource::{named}]": _WHY_ANY_SCHEDULE})
