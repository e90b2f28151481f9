"""The bench counts bytes as DynamoDB does: held against what DynamoDB Local charges for single writes."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.tables import Table
from tests.bench.units import item_size
from tests.support.dynamodb_local import TableNames

values = st.recursive(
    st.one_of(st.text(max_size=300), st.booleans(), st.none(), st.sets(st.text(min_size=1, max_size=40), min_size=1)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(min_size=1, max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text("abcdefg", min_size=3, max_size=9), values, max_size=6), st.integers(0, 2000))
def test_a_write_costs_one_unit_per_kilobyte_begun_of_what_the_bench_counts(
    dynamodb: Any, tables: TableNames, attributes: dict[str, Any], filler: int
) -> None:
    write = Table(dynamodb, tables.rooms).put({"pk": "x", "sk": "y", **attributes, "z": "z" * filler})

    item = write.request["Item"]
    dynamodb.delete_item(TableName=tables.rooms, Key={name: item[name] for name in ("pk", "sk")})

    answer = dynamodb.put_item(**write.request, ReturnConsumedCapacity="TOTAL")

    assert answer["ConsumedCapacity"]["CapacityUnits"] == -(-item_size(item) // 1024)
