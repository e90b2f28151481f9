import re

from hypothesis import given
from hypothesis import strategies as st

from shared.ids import ID_PATTERN, derived_id, new_id

parts = st.lists(st.text(), max_size=4)


def test_fresh_ids_look_like_ids_and_differ() -> None:
    ids = {new_id() for _ in range(1000)}

    assert len(ids) == 1000
    assert all(re.match(ID_PATTERN, made) for made in ids)


@given(parts)
def test_the_same_parts_always_make_the_same_id(given: list[str]) -> None:
    assert derived_id(*given) == derived_id(*given)
    assert re.match(ID_PATTERN, derived_id(*given))


@given(parts, parts)
def test_other_parts_make_another_id_even_if_they_read_the_same_in_a_row(one: list[str], other: list[str]) -> None:
    assert (derived_id(*one) == derived_id(*other)) == (one == other)
    assert derived_id("ab", "c") != derived_id("a", "bc")
