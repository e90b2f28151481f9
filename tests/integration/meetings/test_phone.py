"""Taking part by phone: dialling in, leaving a number, being called, and what is never written down."""

import base64
import io
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from functions.phone import app as phone_function
from functions.phone.app import PhoneApp
from functions.phone_app import PhoneClients
from shared.meetings.model import Provider
from shared.meetings.phone_book import CALLS, PhoneBook
from shared.meetings.phone_door import MeetingDoor
from shared.meetings.phone_lines import Lines, Tries
from shared.meetings.phone_words import Say, words
from shared.meetings.refusals import CallBusy
from shared.seal import Seal
from shared.tables import Table
from tests.support.api import Browser, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.phone import ALICES, OURS, PhoneCall, event
from tests.support.practice import NINE
from tests.support.site import Site
from tests.support.telephony import APPLICATION, KEY, Telephony

NUMBER = "+1 425 555 0199"


@pytest.fixture
def telephony(site: Site, monkeypatch: pytest.MonkeyPatch) -> Telephony:
    """A site that has a number, and whose calls Chime carries."""
    played = Telephony(site.guard)
    told = {"NUMBER": OURS, "APPLICATION": APPLICATION, "KEY": KEY, "COUNTRIES": "US,CA"}
    for name, value in told.items():
        monkeypatch.setenv(f"PHONE_{name}", value)
    site.carried_by = Provider.CHIME
    site.phones = PhoneClients(played.kms, played.voice)
    site.start()
    return played


@pytest.fixture
def phone(site: Site, telephony: Telephony) -> PhoneApp:
    """The function of the SIP media application."""
    app = site.member_app
    rooms = Table(site.dynamodb, site.tables.rooms)
    book = PhoneBook(rooms, Seal(telephony.kms(), KEY, CallBusy))
    meetings = app.meetings
    door = MeetingDoor(meetings.service, app.finder.store, book, app.people.find, meetings.tell)
    return PhoneApp(door, Tries(rooms, app.limits), Lines(rooms), ("en", "es"))


@pytest.fixture
def line(phone: PhoneApp, clock: VirtualClock, appointment_id: str) -> Callable[..., PhoneCall]:
    """Makes phone calls."""

    def make(**how: Any) -> PhoneCall:
        return PhoneCall(lambda told: phone.serve(told, clock()), clock=clock, **how)

    return make


def _dial_in(browser: Browser, appointment_id: str) -> dict[str, Any]:
    answer = browser.get(f"/api/appointments/{appointment_id}/dial-in")
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def _leave(who: Client, appointment_id: str, number: str = NUMBER, **parts: Any) -> Any:
    return who.browser.put(f"/api/appointments/{appointment_id}/phone-number", {"number": number}, **parts)


def _call_out(who: StaffMember, appointment_id: str, **parts: Any) -> Any:
    return who.browser.post(f"/api/staff/appointments/{appointment_id}/call-out", {}, **parts)


def test_a_site_without_a_number_says_so(alice: Client, ben: Client, tom: StaffMember, appointment_id: str) -> None:
    assert _dial_in(alice.browser, appointment_id) == {
        "configured": False,
        "number": None,
        "pin": None,
        "called": False,
        "has_number": False,
    }
    assert _leave(alice, appointment_id).code == "no_phone"
    assert _call_out(tom, appointment_id).code == "no_phone"
    assert ben.browser.get(f"/api/appointments/{appointment_id}/dial-in").status == 404


def test_a_code_is_the_same_each_time_and_another_for_each_appointment(
    alice: Client, telephony: Telephony, appointment_id: str
) -> None:
    first = _dial_in(alice.browser, appointment_id)
    assert first["configured"]
    assert first["number"] == OURS
    assert len(first["pin"]) == 8
    assert _dial_in(alice.browser, appointment_id) == first


def test_the_number_of_the_line_and_its_code_are_a_clients_own(
    ben: Client, telephony: Telephony, appointment_id: str
) -> None:
    assert ben.browser.get(f"/api/appointments/{appointment_id}/dial-in").status == 404
    assert _leave(ben, appointment_id).status == 404
    answer = ben.browser.delete(f"/api/appointments/{appointment_id}/phone-number", key="")
    assert answer.status == 404


@pytest.mark.parametrize("how", [{}, {"after_each": True}, {"doubled": True}], ids=["plain", "after each", "doubled"])
def test_alice_dials_in_tom_lets_her_in_and_they_are_in_one_meeting_of_chime(
    how: dict[str, bool],
    alice: Client,
    client: Attending,
    counselor: Attending,
    line: Callable[..., PhoneCall],
    site: Site,
    telephony: Telephony,
    appointment_id: str,
) -> None:
    pin = _dial_in(alice.browser, appointment_id)["pin"]
    counselor.arrives()
    counselor.joins()
    call = line(**how).dials().presses(f"{pin}#")
    call.goes_on(rounds=1)
    seen = counselor.looks()["others"]
    assert [(seat["status"], seat["mode"], seat["present"]) for seat in seen] == [("waiting", "phone", True)]
    counselor.lets_in(client)
    call.goes_on(rounds=2)
    assert len(call.tokens) == 1
    seen = counselor.looks()["others"]
    assert [(seat["status"], seat["in_call"], seat["present"]) for seat in seen] == [("admitted", True, True)]
    meeting = counselor.joins()["call"]["meeting"]["MeetingId"]
    asked = [action["Parameters"] for said in call.answers for action in said["Actions"]]
    assert {told["MeetingId"] for told in asked if "JoinToken" in told} == {meeting}
    call.hangs_up()
    assert [seat["in_call"] for seat in counselor.looks()["others"]] == [False]


def test_a_call_keeps_its_seat_for_as_long_as_it_lasts(
    alice: Client,
    client: Attending,
    counselor: Attending,
    line: Callable[..., PhoneCall],
    telephony: Telephony,
    clock: VirtualClock,
    appointment_id: str,
) -> None:
    pin = _dial_in(alice.browser, appointment_id)["pin"]
    counselor.arrives()
    call = line().dials().presses(pin)
    counselor.joins()
    counselor.lets_in(client)
    call.goes_on(rounds=2)
    assert call.tokens
    clock.now += timedelta(minutes=40)
    counselor.arrives()
    counselor.joins()
    assert [seat["in_call"] for seat in counselor.looks()["others"]] == [True]


def test_a_browser_takes_the_seat_over_and_the_phone_is_told_it_is_over(
    alice: Client, client: Attending, line: Callable[..., PhoneCall], telephony: Telephony, appointment_id: str
) -> None:
    call = line().dials().presses(_dial_in(alice.browser, appointment_id)["pin"])
    client.arrives("audio")
    call.goes_on(rounds=2)
    assert call.heard[-1] == words(Say.OVER, "en")
    assert client.looks()["you"]["present"]


def test_a_code_is_good_from_a_quarter_of_an_hour_before_until_the_end(
    alice: Client, line: Callable[..., PhoneCall], telephony: Telephony, clock: VirtualClock, appointment_id: str
) -> None:
    pin = _dial_in(alice.browser, appointment_id)["pin"]
    clock.now = NINE - timedelta(minutes=16)
    assert line(transaction="1").dials().presses(pin).heard[-1] == words(Say.TOO_EARLY, "en")
    clock.now = NINE + timedelta(minutes=51)
    assert line(transaction="2").dials().presses(pin).heard[-1] == words(Say.WRONG, "en")


def test_codes_cannot_be_tried_through_from_one_number_nor_from_many(
    line: Callable[..., PhoneCall], telephony: Telephony
) -> None:
    for attempt in range(4):
        call = line(transaction=f"one-{attempt}").dials()
        call.presses("00000001").presses("00000002").presses("00000003")
        assert call.heard[-1] == words(Say.NO_CODE, "en")
    assert line(transaction="one-5").dials().presses("00000004").heard[-1] == words(Say.TOO_MANY, "en")
    other = line(transaction="other", caller="+12065550777").dials().presses("00000004")
    assert other.heard[-1] == words(Say.WRONG, "en")


def test_the_same_event_again_counts_one_try(phone: PhoneApp, telephony: Telephony, site: Site) -> None:
    def tried() -> list[dict[str, Any]]:
        return [item for item in site.items(site.tables.rooms) if item["sk"]["S"].startswith("TRY#")]

    asked = {"Type": "SpeakAndGetDigits", "Parameters": {}, "ReceivedDigits": "00000001"}
    told = event("ACTION_SUCCESSFUL", attributes={"stage": "code"}, action=asked)
    first = phone.serve(told, site.clock())
    assert phone.serve(told, site.clock()) == first
    assert len(tried()) == 1
    limits = [item for item in site.items(site.tables.people) if item["pk"]["S"].startswith("LIMIT#")]
    assert {item["tries"]["N"] for item in limits if item["sk"]["S"].startswith("FROM#")} >= {"1"}


def test_tom_calls_alice_neither_sees_the_others_number(
    alice: Client,
    tom: StaffMember,
    client: Attending,
    counselor: Attending,
    line: Callable[..., PhoneCall],
    telephony: Telephony,
    site: Site,
    appointment_id: str,
) -> None:
    assert tom.browser.get(f"/api/staff/appointments/{appointment_id}/phone").json == {"has_number": False}
    assert _call_out(tom, appointment_id).code == "no_number"
    assert _leave(alice, appointment_id).status == 204
    assert _dial_in(alice.browser, appointment_id)["has_number"]
    there = tom.browser.get(f"/api/staff/appointments/{appointment_id}/phone")
    assert there.json == {"has_number": True}
    counselor.arrives()
    counselor.joins()
    called = _call_out(tom, appointment_id)
    assert (called.status, called.text) == (202, "")
    (rang,) = telephony.rang
    assert rang.number == ALICES
    call = line(forgets=True).is_called(rang.arguments).picks_up()
    assert call.heard == [words(Say.CONFIRM, "en")]
    call.presses("1")
    counselor.lets_in(client)
    call.goes_on(rounds=3)
    assert len(call.tokens) == 1


def test_one_press_is_one_call(
    alice: Client, tom: StaffMember, telephony: Telephony, appointment_id: str, clock: VirtualClock
) -> None:
    _leave(alice, appointment_id)
    once = fresh_key()
    assert _call_out(tom, appointment_id, key=once).status == 202
    assert _call_out(tom, appointment_id, key=once).status == 202
    assert len(telephony.rang) == 1
    assert _call_out(tom, appointment_id, key=fresh_key()).code == "already_calling"
    clock.now += timedelta(minutes=1)
    assert _call_out(tom, appointment_id, key=fresh_key()).status == 202
    assert len(telephony.rang) == 2


def test_there_is_an_end_to_calling(
    alice: Client, tom: StaffMember, telephony: Telephony, appointment_id: str, clock: VirtualClock
) -> None:
    _leave(alice, appointment_id)
    for _ in range(CALLS):
        assert _call_out(tom, appointment_id).status == 202
        clock.now += timedelta(minutes=1)
    assert _call_out(tom, appointment_id).code == "too_many_calls"


def test_a_call_that_could_not_be_placed_does_not_count(
    alice: Client, tom: StaffMember, telephony: Telephony, appointment_id: str
) -> None:
    _leave(alice, appointment_id)
    once = fresh_key()
    telephony.failing = ("ServiceUnavailableException", 503)
    assert _call_out(tom, appointment_id, key=once).code == "call_busy"
    telephony.failing = ("BadRequestException", 400)
    assert _call_out(tom, appointment_id, key=fresh_key()).code == "number_not_called"
    telephony.failing = None
    assert _call_out(tom, appointment_id, key=once).status == 202
    assert len(telephony.rang) == 1


@pytest.mark.parametrize(
    "number", ["425 555 0199", "+44 20 7946 0000", "+1 876 555 0199", "+1 900 555 0199", "nonsense", "+1 425 555 01990"]
)
def test_a_number_that_is_not_called_is_refused(
    number: str, alice: Client, telephony: Telephony, appointment_id: str
) -> None:
    answer = _leave(alice, appointment_id, number)
    assert (answer.status, answer.code) == (422, "number_not_called")
    assert number not in answer.text


def test_a_number_taken_back_is_called_no_more(
    alice: Client, tom: StaffMember, telephony: Telephony, site: Site, appointment_id: str
) -> None:
    _leave(alice, appointment_id)
    for _ in range(2):
        assert alice.browser.delete(f"/api/appointments/{appointment_id}/phone-number", key="").status == 204
    assert _call_out(tom, appointment_id).code == "no_number"
    assert not _numbers(site)


def test_a_number_is_good_for_one_appointment_and_not_after_it(
    alice: Client, tom: StaffMember, telephony: Telephony, appointment_id: str, clock: VirtualClock
) -> None:
    _leave(alice, appointment_id)
    clock.now = NINE + timedelta(hours=2)
    assert not tom.browser.get(f"/api/staff/appointments/{appointment_id}/phone").json["has_number"]
    assert _call_out(tom, appointment_id).code == "not_held"
    assert _leave(alice, appointment_id).code == "not_held"
    assert alice.browser.get(f"/api/appointments/{appointment_id}/dial-in").code == "not_held"


def test_a_number_is_forgotten_when_the_meeting_has_ended_and_the_call_with_it(
    alice: Client,
    tom: StaffMember,
    client: Attending,
    counselor: Attending,
    line: Callable[..., PhoneCall],
    telephony: Telephony,
    site: Site,
    appointment_id: str,
) -> None:
    _leave(alice, appointment_id)
    counselor.arrives()
    counselor.joins()
    _call_out(tom, appointment_id)
    call = line().is_called(telephony.rang[0].arguments).picks_up().presses("1")
    counselor.lets_in(client)
    call.goes_on(rounds=2)
    counselor.hosts("end")
    call.loses_the_meeting()
    assert call.heard[-1] == words(Say.OVER, "en")
    assert not _numbers(site)


def test_a_number_is_forgotten_at_once_when_the_counselor_ends_the_meeting(
    alice: Client, client: Attending, counselor: Attending, telephony: Telephony, site: Site, appointment_id: str
) -> None:
    _leave(alice, appointment_id)
    client.arrives("phone")
    counselor.arrives()
    assert _numbers(site)
    assert counselor.hosts("end").status == 200
    assert not _numbers(site)


def test_a_number_is_forgotten_at_once_when_the_sweep_ends_what_everybody_left(
    alice: Client, counselor: Attending, telephony: Telephony, site: Site, clock: VirtualClock, appointment_id: str
) -> None:
    _leave(alice, appointment_id)
    counselor.arrives()
    clock.now = NINE + timedelta(minutes=50)
    site.reap()
    assert _numbers(site)
    clock.advance(timedelta(minutes=30))
    assert site.reap() == 1
    assert not _numbers(site)


def test_nothing_in_the_tables_holds_a_number_a_code_or_a_token(
    alice: Client,
    tom: StaffMember,
    client: Attending,
    counselor: Attending,
    line: Callable[..., PhoneCall],
    telephony: Telephony,
    site: Site,
    appointment_id: str,
) -> None:
    pin = _dial_in(alice.browser, appointment_id)["pin"]
    _leave(alice, appointment_id)
    counselor.arrives()
    counselor.joins()
    _call_out(tom, appointment_id)
    call = line().dials().presses(pin)
    counselor.lets_in(client)
    call.goes_on(rounds=2)
    (token,) = call.tokens
    kept = "".join(_readable(site.items(table)) for table in vars(site.tables).values())
    for secret in (pin, ALICES, ALICES[1:], ALICES[2:], token):
        assert secret not in kept


def test_the_function_logs_nothing_of_an_event(
    alice: Client,
    line: Callable[..., PhoneCall],
    phone: PhoneApp,
    telephony: Telephony,
    appointment_id: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    pin = _dial_in(alice.browser, appointment_id)["pin"]
    caplog.set_level(logging.INFO)

    class Broken:
        def serve(self, told: dict[str, Any], _now: object) -> dict[str, Any]:
            raise ValueError(json.dumps(told))

    asked = {"Type": "SpeakAndGetDigits", "Parameters": {}, "ReceivedDigits": pin}
    told = event("ACTION_SUCCESSFUL", attributes={"stage": "code", "language": "es"}, action=asked)
    for serving in (phone, Broken()):
        monkeypatch.setattr(phone_function, "app", lambda serving=serving: serving)
        answered = phone_function.handler(told, None)
        assert answered["Actions"]
    assert answered["Actions"][0]["Parameters"]["Text"] == words(Say.TROUBLE, "es")
    shown = capsys.readouterr()
    logged = shown.out + shown.err + "".join(str(vars(record)) for record in caplog.records)
    assert "'error': 'ValueError'" in logged
    for secret in (pin, ALICES, OURS, ALICES[1:]):
        assert secret not in logged


def _numbers(site: Site) -> list[dict[str, Any]]:
    return [item for item in site.items(site.tables.rooms) if item["pk"]["S"] == "NUMBERS"]


def _readable(items: list[dict[str, Any]]) -> str:
    """Everything that is kept, and what is bytes as text where it is any."""
    found = io.StringIO()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                found.write(f"{name} ")
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, bytes):
            found.write(value.decode("latin-1") + base64.b64encode(value).decode())
        else:
            found.write(f"{value} ")

    walk(items)
    return found.getvalue()
