"""Lists of phrases: who edits them, what wins a race, and from when they count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.intents import Repeated
from shared.safety.defaults import LANGUAGES, default_phrases
from shared.safety.listed import Listed
from shared.safety.screening import Action, Findings, Held, Level, Phrase
from tests.support.crash import Crashes
from tests.support.ward import ADA, ALICE, EVE, MAYA, TOM, Ward

RIVER = [Phrase("at the river", Action.URGENT), Phrase("bridge*", Action.HOLD, Held.METHODS)]
STONE = [Phrase("in the stone", Action.FOLD)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anybody_edits_it_the_list_of_the_product_counts(language: str, ward: Ward) -> None:
    assert ward.words.get(MAYA, language) == Listed(language, default_phrases(language), 0)
    assert ward.words.screener(ward.clock()).screen("quiero morir, I feel suicidal").level is Level.CONCERN


def test_an_edited_list_is_kept_and_counts_in_place_of_the_first(ward: Ward) -> None:
    assert ward.write(RIVER, 0) == 1
    assert ward.words.get(EVE, "en") == Listed("en", tuple(RIVER), 1)
    words = ward.words.screener(ward.clock())
    assert words.screen("I am at the river") == Findings(Level.URGENT)
    assert words.screen("on bridges") == Findings(Level.CONCERN, Held.METHODS)
    assert words.screen("I want to die") == Findings()
    assert words.screen("quiero morir") == Findings(Level.CONCERN)

    assert ward.write(STONE, 1, by=ADA) == 2
    assert ward.words.screener(ward.clock()).screen("at the river, in the stone") == Findings(fold=True)


def test_other_processes_follow_within_a_minute(ward: Ward, dynamodb: Any) -> None:
    elsewhere, crashes = ward.new_words(), Crashes()
    elsewhere.screener(ward.clock())
    ward.write(RIVER, 0)

    crashes.watch(dynamodb)
    now = ward.clock.advance(timedelta(seconds=59))
    assert elsewhere.screener(now).screen("at the river") == Findings()
    assert crashes.calls == []
    now = ward.clock.advance(timedelta(seconds=1))
    changed = elsewhere.screener(now)
    assert changed.screen("at the river") == Findings(Level.URGENT)
    assert crashes.calls == ["Query"]
    now = ward.clock.advance(timedelta(seconds=60))
    assert elsewhere.screener(now) is changed  # nothing new: nothing is compiled


def test_each_edit_is_in_the_audit_trail_without_its_words(ward: Ward) -> None:
    ward.write(RIVER, 0)
    ward.write(STONE, 1, by=ADA)
    entries = ward.items("audit")
    assert [(entry["pk"], entry["what"], entry["by"]) for entry in entries] == [
        ("PERSON#ada", "WordsChanged", "ada"),
        ("PERSON#maya", "WordsChanged", "maya"),
    ]
    assert "river" not in repr(entries)


@pytest.mark.parametrize("caller", [TOM, ALICE])
def test_only_facilitators_and_admins_see_and_edit_lists(caller: Any, ward: Ward) -> None:
    with pytest.raises(NotAllowed):
        ward.words.get(caller, "en")
    with pytest.raises(NotAllowed):
        ward.write(RIVER, 0, by=caller)
    assert ward.items() == []


@pytest.mark.parametrize("language", ["", "xx", "EN", "WORDS"])
def test_there_are_lists_for_the_languages_of_the_product_only(language: str, ward: Ward) -> None:
    with pytest.raises(NotFound):
        ward.words.get(MAYA, language)
    with pytest.raises(NotFound):
        ward.write(RIVER, 0, language=language)


def test_a_list_that_cannot_be_is_refused_and_nothing_is_kept(ward: Ward) -> None:
    with pytest.raises(Invalid) as refused:
        ward.write([*RIVER, Phrase("At the RIVER", Action.FOLD)], 0)
    assert refused.value.field == "body.phrases.2.text"
    with pytest.raises(Invalid) as refused:
        ward.write(RIVER, -1)
    assert refused.value.field == "body.version"
    assert ward.items() == []


def test_the_longest_list_there_can_be_is_kept(ward: Ward) -> None:
    longest = [Phrase(f"{n:03} {'م' * 76}", Action.HOLD, Held.METHODS) for n in range(500)]
    for language in LANGUAGES:
        ward.write(longest, 0, language=language)
    assert ward.words.get(MAYA, "ar").phrases == tuple(longest)
    assert ward.new_words().screener(ward.clock()).screen(longest[-1].text).held is Held.METHODS


def test_whoever_has_not_seen_the_newest_list_changes_nothing(ward: Ward) -> None:
    ward.write(RIVER, 0)
    for version in (0, 2):
        with pytest.raises(ChangedMeanwhile):
            ward.write(STONE, version, by=EVE)
    assert ward.words.get(MAYA, "en") == Listed("en", tuple(RIVER), 1)
    assert len(ward.items("audit")) == 1


def test_of_eight_who_edit_at_once_one_is_kept(ward: Ward) -> None:
    def edit(version: int) -> str:
        try:
            ward.write(RIVER if version % 2 else STONE, version)
        except ChangedMeanwhile as lost:
            return lost.code
        return "done"

    with ThreadPoolExecutor(8) as rivals:
        for version in range(10):
            assert sorted(rivals.map(edit, [version] * 8)) == ["changed_meanwhile"] * 7 + ["done"]
    assert ward.words.get(MAYA, "en").version == 10


def test_the_same_edit_at_once_is_one(ward: Ward) -> None:
    once = ward.once()

    def edit(_number: int) -> str:
        try:
            ward.words.write(MAYA, "en", RIVER, 0, once, ward.clock())
        except (Repeated, ChangedMeanwhile) as lost:
            return type(lost).__name__
        return "done"

    with ThreadPoolExecutor(8) as rivals:
        assert sorted(rivals.map(edit, range(8))) == ["Repeated"] * 7 + ["done"]
    assert len(ward.items("audit")) == 1


def test_after_a_crash_anywhere_all_of_an_edit_is_there_or_nothing(ward: Ward, dynamodb: Any) -> None:
    crashes, seen, version = Crashes(), set(), 0
    crashes.watch(dynamodb)
    for point in crashes.everywhere():
        with point:
            ward.write(RIVER, version)
        if point.reached:
            seen.add((point.operation, point.moment))
        now_there = ward.words.get(MAYA, "en").version
        assert now_there == version + (not point.reached or point.moment == "after")
        assert len(ward.items("audit")) == now_there
        assert len(ward.items("people")) == now_there
        version = now_there
    assert seen == {("TransactWriteItems", "before"), ("TransactWriteItems", "after")}
