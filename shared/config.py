"""What a function is told by its environment, checked before it serves anyone."""

import os
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

E = TypeVar("E", bound="Environment")


class Environment(BaseModel):
    """Base of each function's settings. Field `people_table` is read from the variable `PEOPLE_TABLE`."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @classmethod
    def load(cls: type[E]) -> E:
        """The settings of this process.

        Raises pydantic.ValidationError naming what is missing, so that a bad deployment fails at its first call.
        """
        return cls.model_validate(
            {name: os.environ[name.upper()] for name in cls.model_fields if name.upper() in os.environ}
        )
