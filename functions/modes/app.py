"""Woken by EventBridge Scheduler when a room's mode changes: tells the open pages, and plans the next wake-up."""

from functools import cache
from typing import Any

from functions.announcing import Announcing, AnnouncingEnvironment, announcing
from shared.clock import utc_now
from shared.telemetry import fault, metrics


@cache
def app(own_arn: str) -> Announcing:
    """The collaborators of this process. In its environment its own address would be a circle: each call says it."""
    return announcing(AnnouncingEnvironment.load(), own_arn)


def handler(event: dict[str, Any], context: Any) -> dict[str, bool]:
    """Serve one wake-up. An error is logged and raised, so that Lambda tries again and then keeps the event."""
    try:
        return {"changed": app(context.invoked_function_arn).announce(event["room_id"], utc_now())}
    except Exception as error:
        fault(error)
        raise
    finally:
        # Most looks find nothing new; Powertools would warn of each.
        if metrics().metric_set:
            metrics().flush_metrics()
