"""What a list may hold."""

import pytest

from shared.errors import Invalid
from shared.safety.listed import check_phrases
from shared.safety.screening import Action, Held, Phrase

DIE = Phrase("want to die", Action.CONCERN)


def field_of(phrases: list[Phrase]) -> str | None:
    with pytest.raises(Invalid) as refused:
        check_phrases(phrases)
    return refused.value.field


def test_one_to_five_hundred_phrases_are_a_list() -> None:
    many = [Phrase(f"word {n}", Action.FOLD) for n in range(501)]
    check_phrases(many[:1])
    check_phrases(many[:500])
    assert field_of([]) == "body.phrases"
    assert field_of(many) == "body.phrases"


@pytest.mark.parametrize("text", ["", "x", "x" * 81, "...", "* *", "!?"])
def test_a_phrase_has_a_word_and_two_to_eighty_characters(text: str) -> None:
    assert field_of([DIE, Phrase(text, Action.CONCERN)]) == "body.phrases.1.text"


@pytest.mark.parametrize("text", ["Want to die", "want  to, die!", "wánt to dië", "want\u200b to die"])
def test_the_same_phrase_does_not_stand_there_twice(text: str) -> None:
    assert field_of([Phrase("kms", Action.CONCERN), DIE, Phrase(text, Action.URGENT)]) == "body.phrases.2.text"


def test_a_word_and_its_beginning_are_two_phrases() -> None:
    check_phrases([Phrase("suicide", Action.URGENT), Phrase("suicide*", Action.CONCERN)])


def test_whoever_lets_a_post_wait_says_why_and_nobody_else_does() -> None:
    check_phrases([Phrase("kys", Action.HOLD, Held.WORDS)])
    assert field_of([Phrase("kys", Action.HOLD)]) == "body.phrases.0.held_for"
    assert field_of([DIE, Phrase("kys", Action.FOLD, Held.WORDS)]) == "body.phrases.1.held_for"
