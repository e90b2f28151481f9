"""How a route says what it takes and what it answers, for the edge and for the OpenAPI document alike."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, TypeVar

from functions.call import Input, View
from shared.errors import Refusal

USUAL_BYTES = 16 * 1024

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """The declared contract of a route.

    `answers` maps each good status to the view in the body (None: no JSON body); `refusals` are those particular to
    this route; `repeatable` routes may be repeated naturally and so need no Idempotency-Key; in `keyed` ones the
    key names what is made, and the service itself recognises it. `most_bytes` is the longest body that is read.
    """

    answers: Mapping[int, type[View] | UnionType | None]
    refusals: tuple[type[Refusal], ...]
    repeatable: bool
    keyed: bool
    most_bytes: int
    body: type[Input] | None
    query: type[Input] | None


def operation(
    answers: Mapping[int, type[View] | UnionType | None],
    *refusals: type[Refusal],
    repeatable: bool = False,
    keyed: bool = False,
    most_bytes: int = USUAL_BYTES,
) -> Callable[[Handler], Handler]:
    """Declare a route. Its parameters `body` and `query`, if it has them, are annotated with what is to be parsed."""

    def declare(handler: Handler) -> Handler:
        takes = inspect.get_annotations(handler, eval_str=True)
        contract = Operation(answers, refusals, repeatable, keyed, most_bytes, takes.get("body"), takes.get("query"))
        handler.__dict__["operation"] = contract
        return handler

    return declare
