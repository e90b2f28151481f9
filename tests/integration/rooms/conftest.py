from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.circle import Circle
from tests.support.dynamodb_local import TableNames
from tests.support.rota import Rooms


@pytest.fixture
def rooms(dynamodb: Any, tables: TableNames) -> Iterator[Rooms]:
    """Rooms and their facilitators; fails when a call was made that AWS would have refused."""
    made = Rooms(dynamodb, tables)
    yield made
    assert made.scheduler.guard.faults == []


@pytest.fixture
def circle(dynamodb: Any, tables: TableNames) -> Circle:
    """People and their rooms at the services, without the HTTP around them."""
    return Circle(dynamodb, tables)
