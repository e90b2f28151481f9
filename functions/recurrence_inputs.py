"""How callers say that something comes again."""

from typing import Annotated

from pydantic import Field

from functions.call import Input
from functions.inputs import Day
from shared.errors import Invalid
from shared.recurrence import Recurrence

Weeks = Annotated[int, Field(ge=1, le=2)]
Count = Annotated[int, Field(ge=2, le=52)]


class RecurrenceInput(Input):
    """Every week or every two: `count` times with the first, or until a date (included). Exactly one of the two."""

    every: Weeks
    count: Count | None = None
    until: Day | None = None

    def rule(self, where: str) -> Recurrence:
        """What was said. Raises Invalid, naming a field of `where`, unless it is one of the two."""
        if (self.count is None) == (self.until is None):
            raise Invalid("Say how many, or until when.", field=f"{where}.count")
        return Recurrence(self.every, self.count, self.until)
