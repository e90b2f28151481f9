"""What callers send about messages, clients and staff alike."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from functions.call import Input
from shared.rooms.log import Reaction

Seq = Annotated[int, Field(ge=1, lt=10**12)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Warned = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class PageInput(Input):
    """Which part of the log: above `after`, below `before`, or with neither the newest."""

    after: Annotated[int, Field(ge=0, lt=10**12)] | None = None
    before: Seq | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.after is not None and self.before is not None:
            raise ValueError("ask for what is after or for what is before, not both")
        return self


class MessageInput(Input):
    """What to say. With a `warning` it is folded behind it.

    `after` is the newest number that was seen when this was first sent: it stays as it was when it is sent again.
    """

    text: Text
    warning: Warned = ""
    reply_to: Seq | None = None
    after: Annotated[int, Field(ge=0, lt=10**12)] | None = None


class WordsInput(Input):
    """What to say instead."""

    text: Text
    warning: Warned = ""


class ReactionsInput(Input):
    """All of the caller's reactions."""

    kinds: Annotated[list[Reaction], Field(max_length=len(Reaction))]


class ReadInput(Input):
    """Up to where everything was read."""

    seq: Seq
