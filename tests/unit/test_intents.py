from hypothesis import given
from hypothesis import strategies as st

from shared.intents import Intent

PASSWORD = b'{"password":"violet teapots hum quietly"}'


def test_an_intent_belongs_to_its_caller_and_key() -> None:
    intent = Intent.of("alice", "key-00000001", "POST /api/register", PASSWORD)

    assert intent.key == Intent.of("alice", "key-00000001", "PATCH /api/me", b"").key
    assert intent.key != Intent.of("ben", "key-00000001", "POST /api/register", PASSWORD).key
    assert intent.key != Intent.of("alice", "key-00000002", "POST /api/register", PASSWORD).key


def test_another_operation_or_body_is_another_content() -> None:
    contents = {
        Intent.of("alice", "key-00000001", operation, body).content
        for operation in ("POST /api/register", "PATCH /api/me")
        for body in (PASSWORD, b"{}")
    }

    assert len(contents) == 4


@given(st.text(min_size=8, max_size=64), st.text(min_size=8, max_size=64))
def test_the_digest_of_the_body_depends_on_the_secret_key_so_nobody_can_try_passwords_against_it(
    key: str, other: str
) -> None:
    same = Intent.of("a", key, "POST /x", PASSWORD).content == Intent.of("a", other, "POST /x", PASSWORD).content

    assert same == (key == other)
