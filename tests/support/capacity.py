"""What DynamoDB charges for: capacity units and requests, by operation, as the service itself reports them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Capacity:
    """Adds up what the watched client consumed."""

    units: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)

    def watch(self, client: Any) -> None:
        """Have this client's calls report their capacity from now on."""
        client.meta.events.register("provide-client-params.dynamodb", self._ask)
        client.meta.events.register("after-call.dynamodb", self._add)

    @property
    def total(self) -> float:
        """All units, of reads and of writes."""
        return sum(self.units.values())

    def forget(self) -> None:
        """Begin again at nothing."""
        self.units.clear()
        self.requests.clear()

    def _ask(self, params: dict[str, Any], model: Any, **_: Any) -> dict[str, Any]:
        if "ReturnConsumedCapacity" in model.input_shape.members:
            return {**params, "ReturnConsumedCapacity": "TOTAL"}
        return params

    def _add(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        self.requests[model.name] += 1
        consumed = parsed.get("ConsumedCapacity", [])
        for part in consumed if isinstance(consumed, list) else [consumed]:
            self.units[model.name] += part["CapacityUnits"]
