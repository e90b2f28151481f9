from typing import Any

import pytest

from tests.support.dynamodb_local import TableNames
from tests.support.ward import Ward


@pytest.fixture
def ward(dynamodb: Any, tables: TableNames) -> Ward:
    return Ward(dynamodb, tables)
