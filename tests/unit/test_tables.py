"""How writes are put together and how their failures are read. What DynamoDB makes of them: tests/integration."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared import tables
from shared.errors import Busy, ChangedMeanwhile, Conflict
from shared.tables import Item, Table, commit


class Scripted:
    """A DynamoDB that answers with what it was told, in that order."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Any:
        def call(**request: Any) -> Any:
            self.calls.append((operation, request))
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call


def cancelled(*codes: str | None, item: Any = None) -> ClientError:
    reasons: list[Any] = [{"Code": code or "None", **({"Item": item} if code and item else {})} for code in codes]
    response: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
    return ClientError(response, "TransactWriteItems")


def failed(code: str, **more: Any) -> ClientError:
    response: Any = {"Error": {"Code": code}, **more}
    return ClientError(response, "PutItem")


class Slotless(Conflict):
    """What losing means in these tests."""


def slotless(old: Item | None) -> Exception:
    return Slotless(str(old))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables.time, "sleep", lambda _seconds: None)


def test_words_after_a_hash_become_attribute_names_and_values_are_marshalled() -> None:
    write = Table(Scripted(), "people").update(
        "PERSON#1", "PERSON", "SET #status = :new, sign_ins.#s1 = :map", when="#status = :old",
        values={"new": "active", "old": "pending", "map": {"n": 1}},
    )  # fmt: skip

    assert write.kind == "Update"
    assert write.request == {
        "TableName": "people",
        "Key": {"pk": {"S": "PERSON#1"}, "sk": {"S": "PERSON"}},
        "UpdateExpression": "SET #status = :new, sign_ins.#s1 = :map",
        "ConditionExpression": "#status = :old",
        "ExpressionAttributeNames": {"#status": "status", "#s1": "s1"},
        "ExpressionAttributeValues": {
            ":new": {"S": "active"},
            ":old": {"S": "pending"},
            ":map": {"M": {"n": {"N": "1"}}},
        },
    }


def test_a_write_without_conditions_carries_no_empty_expressions() -> None:
    write = Table(Scripted(), "people").put({"pk": "A", "sk": "B"})

    assert write.request == {"TableName": "people", "Item": {"pk": {"S": "A"}, "sk": {"S": "B"}}}


def test_one_write_is_sent_alone_and_several_as_one_transaction() -> None:
    client = Scripted({}, {})
    table = Table(client, "people")

    commit(client, [table.put_new({"pk": "A", "sk": "B"})])
    commit(client, [table.put_new({"pk": "A", "sk": "B"}), table.delete("C", "D")])

    assert [operation for operation, _ in client.calls] == ["put_item", "transact_write_items"]
    assert [next(iter(part)) for part in client.calls[1][1]["TransactItems"]] == ["Put", "Delete"]


def test_the_first_write_that_fails_says_what_losing_means_and_sees_what_stood_in_the_way() -> None:
    stood = {"pk": {"S": "C"}, "sk": {"S": "D"}, "tries": {"N": "3"}}
    client = Scripted(cancelled(None, "ConditionalCheckFailed", "ConditionalCheckFailed", item=stood))
    table = Table(client, "people")
    writes = [table.put({"pk": "A", "sk": "B"}), table.put_new({"pk": "C", "sk": "D"}, lost=slotless)]

    with pytest.raises(Slotless) as caught:
        commit(client, [*writes, table.put_new({"pk": "E", "sk": "F"})])

    assert caught.value.detail == "{'pk': 'C', 'sk': 'D', 'tries': 3}"


def test_a_lone_write_that_fails_says_what_losing_means() -> None:
    client = Scripted(failed("ConditionalCheckFailedException"))

    with pytest.raises(ChangedMeanwhile):
        commit(client, [Table(client, "people").put_new({"pk": "A", "sk": "B"})])


@pytest.mark.parametrize(
    "passing",
    [
        cancelled("TransactionConflict", None),
        cancelled("ThrottlingError", "TransactionConflict"),
        failed("ThrottlingException"),
        failed("ProvisionedThroughputExceededException"),
        failed("TransactionConflictException"),
    ],
)
def test_conflicts_and_throttling_are_tried_again(passing: ClientError) -> None:
    client = Scripted(passing, passing, {})
    table = Table(client, "people")

    commit(client, [table.put({"pk": "A", "sk": "B"}), table.delete("C", "D")])

    assert len(client.calls) == 3


def test_when_they_last_the_caller_hears_that_we_are_busy() -> None:
    client = Scripted(*[cancelled("TransactionConflict", None)] * 6)
    table = Table(client, "people")

    with pytest.raises(Busy):
        commit(client, [table.put({"pk": "A", "sk": "B"}), table.delete("C", "D")])


def test_a_lost_condition_is_never_tried_again_even_beside_a_conflict() -> None:
    client = Scripted(cancelled("TransactionConflict", "ConditionalCheckFailed"))
    table = Table(client, "people")

    with pytest.raises(Slotless):
        commit(client, [table.put({"pk": "A", "sk": "B"}), table.put_new({"pk": "C", "sk": "D"}, lost=slotless)])

    assert len(client.calls) == 1


def test_an_error_that_is_none_of_ours_is_passed_on_as_it_is() -> None:
    client = Scripted(failed("ValidationException"))

    with pytest.raises(ClientError, match="ValidationException"):
        commit(client, [Table(client, "people").put({"pk": "A", "sk": "B"})])


def test_more_than_a_hundred_keys_are_asked_for_in_several_calls_and_leftovers_again() -> None:
    keys = [(f"P{number}", "PERSON") for number in range(130)]

    def items(first: int, last: int) -> list[Any]:
        return [{"pk": {"S": f"P{number}"}, "sk": {"S": "PERSON"}} for number in range(first, last)]

    left = {"people": {"Keys": [{"pk": {"S": "P99"}, "sk": {"S": "PERSON"}}]}}
    client = Scripted(
        {"Responses": {"people": items(0, 99)}, "UnprocessedKeys": left},
        {"Responses": {"people": items(99, 100)}},
        {"Responses": {"people": items(100, 130)}},
    )

    assert set(Table(client, "people").get_many(keys)) == set(keys)
    assert [len(request["RequestItems"]["people"]["Keys"]) for _, request in client.calls] == [100, 1, 30]


def test_numbers_come_back_whole_whatever_they_are_nested_in() -> None:
    raw = {
        "pk": {"S": "A"},
        "sk": {"S": "B"},
        "list": {"L": [{"N": "1"}, {"M": {"n": {"N": "2"}}}]},
        "set": {"SS": ["x"]},
    }
    found = Table(Scripted({"Item": raw}), "people").get("A", "B")

    assert found == {"pk": "A", "sk": "B", "list": [1, {"n": 2}], "set": {"x"}}
    assert type(found["list"][0]) is int
