"""The organisation's emergency procedure: written by admins, read by the staff."""

from typing import Any

import pytest

from tests.support import practice
from tests.support.api import Answer, Browser, fresh_key
from tests.support.calendars import plain
from tests.support.cast import Client, StaffMember
from tests.support.site import Site

PATH = "/api/staff/procedure"
NUMBERS = [{"name": "On duty", "number": "+351 21 000 00 00"}, {"name": "Emergencies", "number": "112"}]


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


def procedure(**other: Any) -> dict[str, Any]:
    usual = {"language": "en", "text": "Stay. Call Ada.", "numbers": NUMBERS, "confirmed": True, "version": 0}
    return usual | other


def read(somebody: StaffMember, language: str = "en") -> Any:
    answer = somebody.browser.get(PATH, query=f"language={language}")
    assert answer.status == 200, answer.text
    return answer.json


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_before_anybody_has_written_one_there_is_a_template_that_nobody_has_confirmed(
    language: str, tom: StaffMember
) -> None:
    found = read(tom, language)

    assert found | {"text": ""} == {
        "language": language,
        "text": "",
        "numbers": [],
        "version": 0,
        "changed_at": None,
        "confirmed_at": None,
        "confirmed_languages": [],
    }
    assert len(found["text"].split("\n\n")) == 10


def test_what_an_admin_wrote_is_what_the_staff_read(
    ada: StaffMember, tom: StaffMember, maya: StaffMember, site: Site
) -> None:
    written = ada.browser.put(PATH, procedure())

    assert written.status == 200
    now = practice.text(site.clock())
    assert written.json == {
        "language": "en",
        "text": "Stay. Call Ada.",
        "numbers": NUMBERS,
        "version": 1,
        "changed_at": now,
        "confirmed_at": now,
        "confirmed_languages": ["en"],
    }
    assert read(tom) == read(maya) == written.json
    assert read(tom, "es")["confirmed_languages"] == ["en"]


def test_one_that_is_not_confirmed_stays_a_template(ada: StaffMember, tom: StaffMember) -> None:
    ada.browser.put(PATH, procedure(language="es", confirmed=False))
    assert read(tom, "es")["confirmed_at"] is None

    ada.browser.put(PATH, procedure(language="es", version=1))
    assert read(tom, "es")["confirmed_languages"] == ["es"]

    ada.browser.put(PATH, procedure(language="es", confirmed=False, version=2))
    assert read(tom, "es")["confirmed_languages"] == []


def test_the_template_itself_can_be_saved_but_not_confirmed(ada: StaffMember) -> None:
    text = read(ada)["text"]

    assert told(ada.browser.put(PATH, procedure(text=text))) == (422, "still_a_template", "body.confirmed")
    assert ada.browser.put(PATH, procedure(text=text, confirmed=False)).status == 200
    assert ada.browser.put(PATH, procedure(text=f"{text} Call Ada.", version=1)).status == 200


def test_only_who_has_seen_it_writes_over_it(ada: StaffMember) -> None:
    ada.browser.put(PATH, procedure())

    assert told(ada.browser.put(PATH, procedure(text="Other."))) == (409, "changed_meanwhile", "")
    assert told(ada.browser.put(PATH, procedure(version=2))) == (422, "invalid", "body.version")
    assert read(ada)["text"] == "Stay. Call Ada."


def test_the_audit_trail_says_who_changed_it(ada: StaffMember, site: Site) -> None:
    ada.browser.put(PATH, procedure())

    (entry,) = [item for item in plain(site.items(site.tables.audit)) if item["what"] == "ProcedureChanged"]
    assert (entry["pk"], entry["by"]) == (f"PERSON#{ada.id}", ada.id)
    assert "text" not in entry


def test_only_admins_write_it_and_only_the_staff_read_it(
    tom: StaffMember, maya: StaffMember, alice: Client, sam: Browser
) -> None:
    for browser, status in ((tom.browser, 403), (maya.browser, 403), (alice.browser, 401), (sam, 401)):
        assert browser.put(PATH, procedure()).status == status
    for browser in (alice.browser, sam):
        assert browser.get(PATH, query="language=en").status == 401
    assert read(tom)["version"] == 0


def test_there_is_none_in_other_languages(ada: StaffMember) -> None:
    assert told(ada.browser.get(PATH, query="language=fr")) == (422, "invalid", "query.language")
    assert told(ada.browser.get(PATH)) == (422, "invalid", "query.language")
    assert told(ada.browser.put(PATH, procedure(language="fr"))) == (422, "invalid", "body.language")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "  "}, "body.text"),
        ({"text": "x" * 8001}, "body.text"),
        ({"confirmed": "yes"}, "body.confirmed"),
        ({"version": -1}, "body.version"),
        ({"numbers": [{"name": "On duty", "number": "ask Ada"}]}, "body.numbers.0.number"),
        ({"numbers": [{"name": "On duty", "number": "--"}]}, "body.numbers.0.number"),
        ({"numbers": [*NUMBERS, {"name": " ", "number": "112"}]}, "body.numbers.2.name"),
        ({"numbers": [{"name": "On duty", "number": "1" * 33}]}, "body.numbers.0.number"),
        ({"numbers": NUMBERS * 11}, "body.numbers"),
        ({"author": "Ada"}, "body.author"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(change: dict[str, Any], field: str, ada: StaffMember) -> None:
    assert told(ada.browser.put(PATH, procedure(**change))) == (422, "invalid", field)


def test_the_longest_procedure_is_kept_whole(ada: StaffMember) -> None:
    assert ada.browser.put(PATH, procedure(text="ع" * 8000, numbers=NUMBERS * 10)).status == 200
    assert read(ada)["text"] == "ع" * 8000


def test_twice_is_once(ada: StaffMember) -> None:
    key = fresh_key()
    first = ada.browser.put(PATH, procedure(), key=key)

    assert ada.browser.put(PATH, procedure(), key=key).json == first.json
    assert read(ada)["version"] == 1
