"""How long text messages are, and how they are made to fit."""

import pytest

from shared.reminders.gsm import cheap, parts, shortest
from shared.reminders.letter_words import letter_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ñ" * 160, 1),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("م" * 70, 1),
        ("م" * 134, 2),
        ("م" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
    ],
)
def test_a_message_is_as_long_as_the_standard_says(text: str, count: int) -> None:
    assert parts(text) == count


def test_words_that_have_a_likeness_in_the_small_alphabet_are_written_in_it() -> None:
    assert cheap("Mañana es sábado, ¿sí? “Ok” – it\u2019s on…") == 'Mañana es sabado, ¿si? "Ok" - it\'s on...'
    assert cheap("تذكير – 6") == "تذكير – 6"


def test_what_fits_is_sent_and_else_the_shortest() -> None:
    assert shortest("a" * 161, "b" * 160, "c") == "b" * 160
    assert shortest("a" * 500, "b" * 400) == "b" * 400
    assert shortest("a" * 500, "b" * 200) == "b" * 200


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_code_is_one_message_in_every_language(language: str) -> None:
    assert parts(cheap(letter_words(language).code_text.format(code="123456"))) == 1
