"""What a phone call becomes, event by event."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import TooMany
from shared.meetings.calls import ChimeCall
from shared.meetings.phone import Knock, NotYet, PhoneSeat, PhoneStatus
from shared.meetings.phone_flow import ROUNDS, answer, give_up
from shared.meetings.phone_words import VOICES, Say, words
from shared.meetings.refusals import CallBusy, MeetingEnded
from tests.support.phone import LEG_A, PhoneCall, check, event

NOW = datetime(2027, 3, 3, 9, tzinfo=UTC)
CODE, EARLY = "01234567", "76543210"
MEETING, SEAT, APPOINTMENT = "a" * 32, "b" * 32, "c" * 32
SITE = ("en", "es", "ar")


@dataclass
class Door:
    """Meetings, as far as a phone sees them."""

    status_is: PhoneStatus = PhoneStatus.WAITING
    call: ChimeCall | None = field(
        default_factory=lambda: ChimeCall({"MeetingId": "m-1"}, {"JoinToken": "token-1", "AttendeeId": "x"})
    )
    language: str = "en"
    refuses: Exception | None = None
    gone: bool = False
    done: list[str] = field(default_factory=list)

    def arrive_by_pin(self, pin: str, line: str, now: datetime) -> PhoneSeat | NotYet | None:
        self._note("arrive")
        if pin == EARLY:
            return NotYet()
        return PhoneSeat(MEETING, SEAT, line, self.language) if pin == CODE else None

    def arrive_called(self, appointment_id: str, line: str, now: datetime) -> PhoneSeat | None:
        self._note(f"called {appointment_id}")
        return None if self.gone else PhoneSeat(MEETING, SEAT, line, self.language)

    def status(self, seat: PhoneSeat, now: datetime) -> PhoneStatus:
        assert (seat.meeting_id, seat.seat_id, len(seat.line)) == (MEETING, SEAT, 32)
        return self.status_is

    def join(self, seat: PhoneSeat, now: datetime) -> ChimeCall | None:
        self._note("join")
        return self.call

    def leave(self, seat: PhoneSeat, now: datetime) -> None:
        self.done.append("leave")

    def _note(self, what: str) -> None:
        if self.refuses:
            raise self.refuses
        self.done.append(what)


@dataclass
class Tries:
    """Lets everything through until it is told otherwise."""

    closed: bool = False
    knocks: list[Knock] = field(default_factory=list)

    def spend(self, knock: Knock, now: datetime) -> None:
        self.knocks.append(knock)
        if self.closed:
            raise TooMany(60)


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def tries() -> Tries:
    return Tries()


@pytest.fixture(params=[False, True], ids=["run after the last action", "run after each action"])
def call(door: Door, tries: Tries, request: pytest.FixtureRequest) -> PhoneCall:
    return PhoneCall(lambda told: answer(told, door, tries, NOW, SITE), after_each=request.param)


def test_somebody_dials_in_waits_is_let_in_and_hangs_up(call: PhoneCall, door: Door) -> None:
    call.dials()
    assert call.heard == [words(Say.CODE, "en")]
    call.presses(f"{CODE}#")
    assert call.heard[1] == words(Say.CONNECTING, "en")
    call.goes_on(rounds=3)
    assert set(call.heard[2:]) == {words(Say.STILL_HERE, "en")}
    assert call.tokens == []
    door.status_is = PhoneStatus.ADMITTED
    call.goes_on(rounds=2)
    assert call.tokens == ["token-1"]
    assert door.done == ["arrive", "join"]
    call.hangs_up()
    assert door.done == ["arrive", "join", "leave"]


def test_it_hears_whoever_waits_speaks_and_looks_at_least_every_quarter_of_a_minute(call: PhoneCall) -> None:
    call.dials().presses(CODE).goes_on(rounds=4)
    silences = 8 * 4
    assert call.heard.count(words(Say.STILL_HERE, "en")) >= 3
    assert (call.clock.now - PhoneCall(call.serve).clock.now).total_seconds() <= silences + 8


def test_words_and_voice_are_those_of_the_language_of_whoever_the_code_is_for(call: PhoneCall, door: Door) -> None:
    door.language = "ar"
    call.dials().presses(CODE)
    assert call.heard[-1] == words(Say.STILL_HERE, "ar") or call.heard[1] == words(Say.CONNECTING, "ar")
    assert call.voices[1] == "Zeina"


def test_a_code_that_is_wrong_three_times_ends_the_call(call: PhoneCall, door: Door, tries: Tries) -> None:
    call.dials().presses("99999999#").presses("123#").presses("88888888")
    assert call.heard == [words(Say.CODE, "en"), *[words(Say.WRONG, "en")] * 2, words(Say.NO_CODE, "en")]
    assert call.over
    assert len({knock.step for knock in tries.knocks}) == 3
    assert "leave" not in door.done


def test_a_code_that_is_wrong_twice_may_be_right_at_last(call: PhoneCall, door: Door) -> None:
    call.dials().presses("99999999").presses("88888888").presses(CODE)
    assert words(Say.CONNECTING, "en") in call.heard


def test_too_early_is_said_kindly(call: PhoneCall) -> None:
    call.dials().presses(EARLY)
    assert call.heard[-1] == words(Say.TOO_EARLY, "en")
    assert call.over


def test_too_many_tries_end_the_call_before_the_code_is_looked_at(call: PhoneCall, door: Door, tries: Tries) -> None:
    tries.closed = True
    call.dials().presses(CODE)
    assert call.heard[-1] == words(Say.TOO_MANY, "en")
    assert call.over
    assert door.done == []


def test_a_number_that_is_withheld_is_nobodys(call: PhoneCall, tries: Tries) -> None:
    call.caller = "anonymous"
    call.dials().presses(CODE)
    assert tries.knocks[0].caller == ""


def test_silence_is_asked_again_in_the_sites_other_languages_and_then_ended(call: PhoneCall) -> None:
    call.dials().is_silent().goes_on().is_silent().goes_on()
    assert call.voices[:3] == ["Joanna", "Lupe", "Joanna"]
    assert call.voices[3] == "Zeina"
    assert call.heard[-1] == words(Say.NO_CODE, "ar")
    assert call.over


@pytest.mark.parametrize(
    ("status", "said"), [(PhoneStatus.DECLINED, Say.DECLINED), (PhoneStatus.ENDED, Say.OVER)], ids=str
)
def test_whoever_is_not_let_in_or_comes_to_the_end_is_told_so(
    status: PhoneStatus, said: Say, call: PhoneCall, door: Door
) -> None:
    call.dials().presses(CODE)
    door.status_is = status
    call.goes_on(rounds=2)
    assert call.heard[-1] == words(said, "en")
    assert call.over
    assert door.done[-1] == "leave"


def test_while_there_is_nobody_to_talk_to_one_waits_on(call: PhoneCall, door: Door) -> None:
    door.status_is, door.call = PhoneStatus.ADMITTED, None
    call.dials().presses(CODE).goes_on(rounds=3)
    assert not call.over
    assert call.heard[-1] == words(Say.STILL_HERE, "en")


def test_a_service_that_is_busy_is_waited_for(call: PhoneCall, door: Door) -> None:
    call.dials().presses(CODE)
    door.status_is, door.refuses = PhoneStatus.ADMITTED, CallBusy()
    call.goes_on(rounds=2)
    assert not call.over
    door.refuses = None
    call.goes_on(rounds=2)
    assert call.tokens == ["token-1"]


def test_a_call_that_cannot_be_joined_ends_in_words(call: PhoneCall, door: Door) -> None:
    call.dials().presses(CODE)
    door.status_is, door.refuses = PhoneStatus.ADMITTED, MeetingEnded()
    call.goes_on(rounds=2)
    assert call.heard[-1] == words(Say.TROUBLE, "en")
    assert call.over


def test_nobody_waits_for_ever(door: Door, tries: Tries) -> None:
    call = PhoneCall(lambda told: answer(told, door, tries, NOW, SITE))
    call.dials().presses(CODE).goes_on(rounds=ROUNDS + 2)
    assert call.heard[-1] == words(Say.NOBODY, "en")
    assert call.over
    assert len(call.answers) < 1000  # what the service allows


def test_whoever_is_called_hears_nothing_of_us_until_they_press_one(call: PhoneCall, door: Door) -> None:
    call.is_called({"appointment": APPOINTMENT, "language": "es"})
    assert call.heard == []
    call.picks_up()
    assert call.heard == [words(Say.CONFIRM, "es")]
    assert door.done == []
    call.presses("1")
    assert door.done[0] == f"called {APPOINTMENT}"


@pytest.mark.parametrize("key", ["2", "#", "11", "0"])
def test_any_other_key_ends_the_call_without_a_word(key: str, call: PhoneCall, door: Door) -> None:
    call.is_called({"appointment": APPOINTMENT, "language": "en"}).picks_up().presses(key)
    assert call.over
    assert call.heard == [words(Say.CONFIRM, "en")]
    assert door.done == []


def test_a_mailbox_is_asked_twice_and_left(call: PhoneCall, door: Door) -> None:
    call.is_called({"appointment": APPOINTMENT, "language": "en"}).picks_up()
    call.is_silent().goes_on().is_silent().goes_on()
    assert call.over
    assert call.heard == [words(Say.CONFIRM, "en")] * 2
    assert door.done == []


def test_a_call_that_nobody_takes_changes_nothing(call: PhoneCall, door: Door) -> None:
    call.is_called({"appointment": APPOINTMENT, "language": "en"}).hangs_up()
    assert door.done == []


def test_whoever_is_called_too_late_is_told_it_is_over(call: PhoneCall, door: Door) -> None:
    door.gone = True
    call.is_called({"appointment": APPOINTMENT, "language": "en"}).picks_up().presses("1")
    assert call.heard[-1] == words(Say.OVER, "en")
    assert call.over


def test_a_call_out_that_is_not_ours_is_ended(call: PhoneCall) -> None:
    call.is_called({"appointment": "drop table"}).picks_up()
    assert call.over
    assert call.heard == []


def test_when_the_meeting_ends_whoever_is_on_the_line_is_told(call: PhoneCall, door: Door) -> None:
    door.status_is = PhoneStatus.ADMITTED
    call.dials().presses(CODE)
    assert call.tokens
    door.status_is = PhoneStatus.ENDED
    call.loses_the_meeting()
    assert call.heard[-1] == words(Say.OVER, "en")
    assert call.over


def test_a_line_to_the_meeting_that_breaks_is_made_again(call: PhoneCall, door: Door) -> None:
    door.status_is = PhoneStatus.ADMITTED
    call.dials().presses(CODE)
    call.loses_the_meeting()
    assert call.tokens == ["token-1"] * 2
    assert not call.over


def test_joining_that_fails_is_tried_once_more_and_then_said(door: Door, tries: Tries) -> None:
    state = _joining(door, tries)
    failed = _event("ACTION_FAILED", state["TransactionAttributes"], "JoinChimeMeeting", ErrorType="SystemException")
    again = check(answer(failed, door, tries, NOW, SITE))
    assert [action["Type"] for action in again["Actions"]] == ["JoinChimeMeeting"]
    failed = _event("ACTION_FAILED", again["TransactionAttributes"], "JoinChimeMeeting", ErrorType="SystemException")
    ended = check(answer(failed, door, tries, NOW, SITE))
    assert [action["Type"] for action in ended["Actions"]] == ["Speak", "Hangup"]
    assert ended["Actions"][0]["Parameters"]["Text"] == words(Say.TROUBLE, "en")


@pytest.mark.parametrize("action", ["Speak", "Pause"])
def test_waiting_that_fails_is_tried_once_more_and_then_said(action: str, door: Door, tries: Tries) -> None:
    waiting = _waiting(door, tries)
    again = check(answer(_event("ACTION_FAILED", waiting, action), door, tries, NOW, SITE))
    assert again["Actions"][-1]["Type"] == "Speak"
    ended = check(answer(_event("ACTION_FAILED", again["TransactionAttributes"], action), door, tries, NOW, SITE))
    assert [done["Type"] for done in ended["Actions"]] == ["Speak", "Hangup"]


def test_words_that_cannot_be_said_end_the_call(door: Door, tries: Tries) -> None:
    waiting = _waiting(door, tries)
    door.status_is = PhoneStatus.ENDED
    ended = check(answer(_event("ACTION_SUCCESSFUL", waiting, "Speak"), door, tries, NOW, SITE))
    failed = _event("ACTION_FAILED", ended["TransactionAttributes"], "Speak", ErrorType="AccessDenied")
    assert _types(answer(failed, door, tries, NOW, SITE)) == ["Hangup"]


def test_a_hang_up_that_fails_is_tried_once_more(door: Door, tries: Tries) -> None:
    state = {"stage": "end"}
    again = answer(_event("ACTION_FAILED", state, "Hangup"), door, tries, NOW, SITE)
    assert _types(again) == ["Hangup"]
    assert _types(answer(_event("ACTION_FAILED", again["TransactionAttributes"], "Hangup"), door, tries, NOW)) == []


def test_an_answer_that_was_refused_ends_the_call_and_leaves_the_seat(door: Door, tries: Tries) -> None:
    refused = event(
        "INVALID_LAMBDA_RESPONSE",
        attributes=_waiting(door, tries),
        ErrorType="TransactionAttributesInvalidMapSize",
        ErrorMessage="Transaction Attributes has too many mappings. Maximum number of mappings is 10",
    )
    for expected in (["Hangup"], ["Hangup"], []):
        said = check(answer(refused, door, tries, NOW, SITE))
        assert _types(said) == expected
        refused["CallDetails"]["TransactionAttributes"] = said["TransactionAttributes"]
    assert door.done[-1] == "leave"


@pytest.mark.parametrize("kind", ["ACTION_INTERRUPTED", "CALL_UPDATE_REQUESTED"])
def test_a_request_to_look_again_is_followed_at_once(kind: str, door: Door, tries: Tries) -> None:
    waiting = _waiting(door, tries)
    door.status_is = PhoneStatus.ADMITTED
    told = event(kind, attributes=waiting, action={"Type": "CallUpdateRequest", "Parameters": {"Arguments": {}}})
    assert _types(answer(told, door, tries, NOW, SITE)) == ["JoinChimeMeeting"]


ASKS = ["SpeakAndGetDigits"]


@pytest.mark.parametrize(
    ("stage", "expected"), [("code", ASKS), ("confirm", ASKS), ("in", []), ("join", []), ("end", ["Hangup"])]
)
def test_whatever_is_interrupted_otherwise_goes_on(stage: str, expected: list[str], door: Door, tries: Tries) -> None:
    told = event("ACTION_INTERRUPTED", attributes={"stage": stage}, action={"Type": "Speak", "Parameters": {}})
    assert _types(answer(told, door, tries, NOW, SITE)) == expected


@pytest.mark.parametrize("kind", ["DIGITS_RECEIVED", "SOMETHING_NEW", "RINGING"])
def test_an_event_that_says_nothing_to_us_changes_nothing(kind: str, door: Door, tries: Tries) -> None:
    waiting = _waiting(door, tries)
    said = answer(event(kind, attributes=waiting), door, tries, NOW, SITE)
    assert said == {"SchemaVersion": "1.0", "Actions": [], "TransactionAttributes": waiting}


def test_the_same_event_is_answered_the_same(door: Door, tries: Tries) -> None:
    told = _event("ACTION_SUCCESSFUL", {"stage": "code", "language": "en"}, "SpeakAndGetDigits", ReceivedDigits=CODE)
    first = answer(told, door, tries, NOW, SITE)
    assert answer(told, door, tries, NOW, SITE) == first
    assert len({knock.step for knock in tries.knocks}) == 1


def test_what_travels_with_a_call_is_opaque(call: PhoneCall, door: Door) -> None:
    door.status_is = PhoneStatus.ADMITTED
    call.dials().presses(CODE)
    for said in call.answers:
        kept = " ".join(said["TransactionAttributes"].values())
        assert CODE not in kept
        assert "+1" not in kept
        assert "token" not in kept


def test_no_word_says_who_is_called_or_what_for() -> None:
    for language in VOICES:
        spoken = " ".join(words(what, language) for what in Say).lower()
        for telling in ("hearthline", "therap", "terap", "counsel", "consej", "session", "sesión", "support", "apoyo"):
            assert telling not in spoken
        for telling in ("علاج", "مستشار", "جلسة", "دعم", "نفسي"):
            assert telling not in spoken


def test_every_language_of_the_site_has_all_words_and_a_voice() -> None:
    for language in SITE:
        assert language in VOICES
        assert all(words(what, language) for what in Say)
        if language != "en":
            assert all(words(what, language) != words(what, "en") for what in Say)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KINDS = st.sampled_from(
    [
        "NEW_INBOUND_CALL",
        "NEW_OUTBOUND_CALL",
        "RINGING",
        "CALL_ANSWERED",
        "ACTION_SUCCESSFUL",
        "ACTION_FAILED",
        "ACTION_INTERRUPTED",
        "DIGITS_RECEIVED",
        "HANGUP",
        "CALL_UPDATE_REQUESTED",
        "INVALID_LAMBDA_RESPONSE",
        "SOMETHING_NEW",
    ]
)
STATES = st.fixed_dictionaries(
    {},
    optional={
        "stage": st.sampled_from(["code", "confirm", "wait", "join", "in", "end", "?"]),
        "language": st.sampled_from(["en", "es", "ar", "fr", ""]),
        "appointment": st.sampled_from([APPOINTMENT, "", "x"]),
        "meeting": st.sampled_from([MEETING, "", "x"]),
        "seat": st.sampled_from([SEAT, ""]),
        "counts": st.sampled_from(["0,0,0,0", "2,1,1,249", "9999,9999,9999,9999", "", "-1,x", "1"]),
    },
)
ACTIONS = st.fixed_dictionaries(
    {},
    optional={
        "Type": st.sampled_from(["Speak", "SpeakAndGetDigits", "Pause", "JoinChimeMeeting", "Hangup", ""]) | ANYTHING,
        "ReceivedDigits": st.sampled_from([CODE, f"{CODE}#", EARLY, "1", "", "*#"]) | ANYTHING,
        "Parameters": st.fixed_dictionaries({}, optional={"ParticipantTag": st.sampled_from(["LEG-A", "LEG-B"])})
        | ANYTHING,
    },
)
CALLS = st.fixed_dictionaries(
    {},
    optional={
        "TransactionId": st.text(max_size=8),
        "TransactionAttributes": STATES | ANYTHING,
        "Participants": st.lists(
            st.fixed_dictionaries({}, optional={"CallId": st.just(LEG_A), "From": st.text(max_size=5)}) | ANYTHING,
            max_size=2,
        )
        | ANYTHING,
    },
)
EVENTS = (
    st.fixed_dictionaries(
        {"InvocationEventType": KINDS},
        optional={"CallDetails": CALLS | ANYTHING, "ActionData": ACTIONS | ANYTHING, "Sequence": ANYTHING},
    )
    | ANYTHING
)


@given(EVENTS, st.sampled_from(PhoneStatus), st.booleans())
def test_any_event_is_given_an_answer_the_service_takes(told: Any, status: PhoneStatus, nobody: bool) -> None:
    door = Door(status_is=status)
    door.call = None if nobody else door.call
    check(answer(told, door, Tries(), NOW, SITE))
    check(give_up(told, SITE))


def _types(said: dict[str, Any]) -> list[str]:
    return [action["Type"] for action in check(said)["Actions"]]


def _event(kind: str, state: dict[str, str], action: str, **more: Any) -> dict[str, Any]:
    return event(kind, attributes=state, action={"Type": action, "Parameters": {"CallId": LEG_A}, **more})


def _waiting(door: Door, tries: Tries) -> dict[str, str]:
    told = _event("ACTION_SUCCESSFUL", {"stage": "code", "language": "en"}, "SpeakAndGetDigits", ReceivedDigits=CODE)
    kept: dict[str, str] = answer(told, door, tries, NOW, SITE)["TransactionAttributes"]
    return kept


def _joining(door: Door, tries: Tries) -> dict[str, Any]:
    waiting = _waiting(door, tries)
    door.status_is = PhoneStatus.ADMITTED
    return answer(_event("ACTION_SUCCESSFUL", waiting, "Speak"), door, tries, NOW, SITE)
