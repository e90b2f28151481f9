"""What screening finds, what it leaves alone, and what it is known to miss."""

import json
import sys
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.safety.defaults import LANGUAGES, default_phrases
from shared.safety.listed import check_phrases
from shared.safety.plain_text import plain
from shared.safety.screening import Action, Findings, Held, Level, Phrase, WordList

DEFAULTS = WordList(phrase for language in LANGUAGES for phrase in default_phrases(language))
HELP_LINES = json.loads((Path(__file__).parents[3] / "web" / "helplines.json").read_text("utf-8"))


def listed(*texts: str) -> WordList:
    return WordList(Phrase(text, Action.CONCERN) for text in texts)


def finds(words: WordList, text: str) -> bool:
    return words.screen(text).level is not None


@pytest.mark.parametrize(
    "text",
    [
        "I'm going to kill myself",
        "I’m gonna kill myself.",
        "i am about to kill myself, sorry",
        "I want to end my life tonight",
        "I just took an overdose",
        "I've taken all my pills",
        "I'VE WRITTEN MY SUICIDE NOTE",
        "it won't stop bleeding",
        "Voy a matarme",
        "me voy a suicidar hoy",
        "Me tome todas las pastillas",
        "mañana no estaré viva",
        "me corté las venas",
        "سأقتل نفسي",
        "سَأَقْتُلُ نَفْسِي الآن",
        "وسأنتحر الليلة",
        "رح اقتل نفسي",
        "أخذت كل الحبوب",
        "لدي خطّة للانتحار",
        "hola, I am going to kill myself",
    ],
)
def test_what_is_about_now_is_urgent(text: str) -> None:
    assert DEFAULTS.screen(text).level is Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "Sometimes I want to die",
        "I feel suicidal again",
        "I think about self-harm a lot",
        "everyone would be better off without me",
        "I don't want to wake up",
        "he hits me when he drinks",
        "They say I'm at risk of suicide",
        "Ya no puedo más",
        "pienso en el suicídio",
        "quiero morirme",
        "estoy CANSADA de vivir",
        "me golpea cuando bebe",
        "أفكر في الانتحار",
        "بالانتحار",
        "اريد ان اموت",
        "بدي موت",
        "مش عايزة اعيش",
        "تعبت من الحيـــاة",
        "estoy cansada, I want to die",
    ],
)
def test_a_worry_is_a_concern_and_not_urgent(text: str) -> None:
    assert DEFAULTS.screen(text).level is Level.CONCERN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I had a good day today, thank you all.",
        "My mum died last spring and I miss her.",
        "I am dying to see you all on Thursday",
        "This deadline is killing me",
        "He killed it at the audition",
        "My skill is myself",
        "I took my pills this morning like every day",
        "I have to pick up the kids, talk later!",
        "You can do this. We can do this anymore or less together",
        "the diet starts on Monday",
        "I'll be better off with a nap",
        "Me muero de hambre, voy a comer",
        "Mi abuela murió en marzo",
        "Hoy pude más que ayer",
        "me corté el pelo y me gusta",
        "voy a cortar el pan",
        "Estoy matando el tiempo",
        "مات أبي العام الماضي وأنا حزين",
        "اليوم كان أفضل من أمس",
        "أخذت دوائي هذا الصباح",
        "أموت من الضحك",
        "يوم جميل للجميع",
        "My dog is called Kim, she's 12.5 kg",
        "Finished the walk.Coming home now.So tired",
        "we meet at 18:30 on 12.03.2027, or 2027-03-12 18",
        "I lived there 2015-2019",
        "It costs 1,200 a month",
        "thank you @quiet-otter-482",
        "@Maya could we talk about sleep?",
        "I scroll Instagram all day and feel worse",
        "my sister is on facebook all day",
        "there is no signal on my phone",
        "my signal is bad here",
    ],
)
def test_plain_talk_is_left_alone(text: str) -> None:
    assert DEFAULTS.screen(text) == Findings()


@pytest.mark.parametrize(
    "text",
    [
        "how many pills does it take",
        "what's the quickest way to die",
        "¿Cuántas pastillas hacen falta?",
        "cual es la dosis letal",
        "ما هي أسهل طريقة للموت",
        "كم حبة تكفي",
        "tips for pro-ana?",
    ],
)
def test_ways_to_come_to_harm_wait_and_worry_us(text: str) -> None:
    findings = DEFAULTS.screen(text)
    assert findings.held is Held.METHODS
    assert findings.level is not None


@pytest.mark.parametrize(
    "text",
    [
        "call me: 555 123 4567 8",
        "+44 7700 900123",
        "(020) 7946-0958",
        "07700900123",
        "٠٧٧٠٠٩٠٠١٢٣",
        "０７７００９００１２３",
        "write to otter@example.org",
        "otter.482@mail.example.co.uk",
        "otter @ example.org",
        "https://example.org/group",
        "www.example.org",
        "look at example.com",
        "wa.me/12345",
        "discord.gg/abc",
        "example.fr/salon",
        "samaritans.org.example.com",
        "I'm @quiet_otter on there",
        "@otterquiet",
        "add me on WhatsApp",
        "message me on my insta",
        "can we talk on Telegram instead?",
        "text me on signal",
        "my Snapchat is quietotter",
        "Agrégame en Instagram",
        "escríbeme por whats app",
        "mi instagram es nutria",
        "راسلني على الواتساب",
        "كلموني عالواتس",
        "تواصل معي على تلغرام",
    ],
)
def test_ways_to_meet_elsewhere_wait(text: str) -> None:
    assert DEFAULTS.screen(text) == Findings(held=Held.CONTACT)


@pytest.mark.parametrize(
    "text",
    [
        "You can call 988 or text 741741",
        "Samaritans: 116 123, day and night",
        "In Australia it's 13 11 14.",
        "Germany: 0800 111 0 111 or +49 800 1110111",
        "https://findahelpline.com helped me, and www.samaritans.org/how-we-can-help too.",
    ],
)
def test_help_lines_are_passed_on_freely(text: str) -> None:
    assert DEFAULTS.screen(text) == Findings()


@pytest.mark.parametrize("line", [line for country in HELP_LINES["countries"] for line in country["lines"]])
def test_every_line_the_site_lists_is_passed_on_freely(line: dict[str, Any]) -> None:
    told = [line.get("phone", ""), line.get("web", ""), line.get("text", {}).get("to", "")]
    assert DEFAULTS.screen(f"They helped me: {' / '.join(filter(None, told))} .") == Findings()


@pytest.mark.parametrize(
    ("text", "held", "fold"),
    [
        ("go kill yourself", Held.WORDS, False),
        ("eres una puta", Held.WORDS, False),
        ("روح موت", Held.WORDS, False),
        ("there was blood everywhere", None, True),
        ("un charco de sangre", None, True),
        ("بركة دم", None, True),
    ],
)
def test_words_that_hurt_wait_and_pictures_that_hurt_are_folded(text: str, held: Held | None, *, fold: bool) -> None:
    assert DEFAULTS.screen(text) == Findings(held=held, fold=fold)


def test_all_that_is_found_counts_and_the_worst_leads() -> None:
    text = "blood everywhere, how many pills, I'm going to kill myself, add me on whatsapp, go die"
    assert DEFAULTS.screen(text) == Findings(Level.URGENT, Held.METHODS, fold=True)


def test_phrases_match_whole_words_in_a_row() -> None:
    words = listed("end it all")
    assert finds(words, "I'll END it... all!")
    assert finds(words, "end-it-all")
    assert not finds(words, "bend it all")
    assert not finds(words, "end it allegedly")
    assert not finds(words, "end all it")
    assert not finds(words, "end it")


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    words = listed("suicid*", "self harm* again")
    assert finds(words, "suicide")
    assert finds(words, "Suicidal?")
    assert finds(words, "SUICID")
    assert finds(words, "self-harming again")
    assert not finds(words, "self-harming")
    assert not finds(words, "presuicide")


def test_phrases_that_begin_alike_are_all_found() -> None:
    words = WordList(
        [
            Phrase("kill myself", Action.CONCERN),
            Phrase("kill*", Action.FOLD),
            Phrase("kill myself tonight", Action.URGENT),
            Phrase("kil*", Action.HOLD, Held.WORDS),
        ]
    )
    assert words.screen("kill myself tonight") == Findings(Level.URGENT, Held.WORDS, fold=True)
    assert words.screen("kill myself someday") == Findings(Level.CONCERN, Held.WORDS, fold=True)
    assert words.screen("kills") == Findings(None, Held.WORDS, fold=True)
    assert words.screen("kiln") == Findings(held=Held.WORDS)


@pytest.mark.parametrize("particle", ["و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"])
def test_arabic_particles_do_not_hide_a_word(particle: str) -> None:
    words = listed("انتحار")
    assert finds(words, f"{particle}انتحار")
    assert not finds(words, f"{particle}انتحارات")


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u200f", "\u0301"])
def test_what_is_not_seen_hides_nothing(hidden: str) -> None:
    assert finds(listed("want to die"), f"want to d{hidden}ie")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("suicídio", "SUICIDIO"),
        ("daño", "dano"),
        ("don’t", "dont"),
        ("don´t", "don't"),
        ("self-harm", "self—harm"),
        ("ｄｉｅ", "die"),
        ("أإآٱا", "ااااا"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("حيـــاة", "حَيَاة"),
        ("a\n\t b", "a b"),
    ],
)
def test_what_looks_alike_is_alike(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    "text", ["I would never kill myself", 'the song goes "I want to die"', "my film: Suicide Squad"]
)
def test_negations_and_quotes_are_not_understood(text: str) -> None:
    assert finds(DEFAULTS, text)


@pytest.mark.parametrize("text", ["k i l l  m y s e l f", "kiiill myself", "k1ll mys3lf", "I will go where grandpa is"])
def test_what_is_disguised_or_meant_between_the_lines_is_missed(text: str) -> None:
    assert not finds(DEFAULTS, text)


@given(st.text(max_size=300))
@example("\u1e9e\u0345 İ ŉ ﬃ ﷺ ½ Ⅷ ㎏")
def test_any_text_can_be_screened_and_its_plain_form_is_final(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    DEFAULTS.screen(text)


def test_the_plain_form_of_every_character_is_final() -> None:
    letters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    assert [letter for letter in letters if plain(plain(letter)) != plain(letter)] == []


@given(
    phrase=st.text(alphabet="abcáéñ'-* ", min_size=1, max_size=30).map(lambda text: Phrase(text, Action.FOLD)),
    before=st.text(alphabet="xyz .", max_size=20),
    after=st.text(alphabet="xyz .", max_size=20),
)
def test_a_phrase_is_found_wherever_it_stands_and_however_it_is_written(
    phrase: Phrase, before: str, after: str
) -> None:
    said = " ".join(part.removesuffix("*") for part in phrase.pattern)
    expected = Findings(fold=bool(phrase.pattern))
    assert WordList([phrase]).screen(f"{before} {said.upper()} {after}") == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_that_come_with_the_product_could_have_been_written_by_an_editor(language: str) -> None:
    phrases = default_phrases(language)
    check_phrases(phrases)
    assert {phrase.action for phrase in phrases} == set(Action)
    assert {phrase.held_for for phrase in phrases} == {None, Held.METHODS, Held.WORDS}


@pytest.mark.parametrize("phrase", [p for language in LANGUAGES for p in default_phrases(language)], ids=repr)
def test_each_of_their_phrases_does_what_it_says(phrase: Phrase) -> None:
    findings = DEFAULTS.screen(f"... {phrase.text.replace('*', '')} ...")
    if phrase.action is Action.HOLD:
        assert findings.held is not None
    elif phrase.action is Action.FOLD:
        assert findings.fold
    else:
        assert findings.level is not None
        assert phrase.action is not Action.URGENT or findings.level is Level.URGENT


HOSTILE = [
    "i ",
    "a",
    "a@",
    "1 ",
    "1",
    "a.com.",
    "a-",
    "((",
    "+1(2)",
    "add me a a a ",
    "i want to ",
    "وال",
    "والا ",
    "@",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (1000, 4000))
    assert steps(DEFAULTS, long) <= 5 * steps(DEFAULTS, short) + 50


def test_the_work_is_bounded_by_the_lists_however_they_are_written() -> None:
    phrases = [Phrase(" ".join(words), Action.CONCERN) for words in product(["a", "a*", "aa", "aa*"], repeat=4)]
    words = WordList(phrases)
    assert steps(words, "aa " * 1333) <= 1333 * (len(phrases) + 100) * 4


def steps(words: WordList, text: str) -> int:
    """How many functions are called, Python's own in C included, to screen a text once the rest is warm."""
    words.screen(text)
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        words.screen(text)
    finally:
        sys.setprofile(None)
    return count
