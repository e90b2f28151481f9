import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.people.handles import new_handle, normal_handle


def test_handles_are_two_gentle_words_and_three_digits() -> None:
    handles = {new_handle() for _ in range(500)}

    assert all(re.fullmatch(r"[a-z]+-[a-z]+-[1-9]\d\d", handle) for handle in handles)
    assert len(handles) > 490


@pytest.mark.parametrize(
    "typed", ["quiet-otter-482", "Quiet Otter 482", "  QUIET-otter 482 ", "quiet--otter-482", "quiet - otter - 482"]
)
def test_case_spaces_and_stray_hyphens_do_not_matter(typed: str) -> None:
    assert normal_handle(typed) == "quiet-otter-482"


@given(st.integers())
def test_a_handle_of_ours_is_already_normal(_repeat: int) -> None:
    handle = new_handle()

    assert normal_handle(handle) == handle


@given(st.text(max_size=90))
def test_whatever_is_typed_is_a_normal_handle_or_refused(typed: str) -> None:
    try:
        handle = normal_handle(typed)
    except Invalid as refused:
        assert refused.field == "body.handle"
    else:
        assert 3 <= len(handle) <= 64
        assert normal_handle(handle) == handle
