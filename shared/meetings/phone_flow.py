"""A phone call from its first ring to its end: one event in, one answer out. What it knows travels with the events.

    somebody calls  → code → waiting → in the meeting → gone
    somebody is called, answers → presses 1 ↗

One rule for what fails: try once more, then say so and hang up. Nobody is left in silence, and whoever answers a phone
without pressing 1 (a mailbox, a relative) hears nothing but that.

The service may run the function after each action of a list or after the last (its guide leaves that open): every list
here is right either way, since whatever was done last, the next answer goes by where the call stands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.errors import Busy, Refusal, TooMany
from shared.meetings import phone_actions as actions
from shared.meetings.phone import TRIES, Knock, NotYet, PhoneDoor, PhoneSeat, PhoneStatus, PinTries, is_pin
from shared.meetings.phone_actions import Action
from shared.meetings.phone_events import Heard, Stage, State, read
from shared.meetings.phone_words import Say

ROUNDS = 250  # of about twelve seconds: fifty minutes, and half of the thousand events the service allows a call

Next = tuple[list[Action], State]


@dataclass(frozen=True)
class _Line:
    """One event of a call, and what it can turn to."""

    heard: Heard
    door: PhoneDoor
    tries: PinTries
    languages: Sequence[str]
    now: datetime


def answer(
    event: Any, door: PhoneDoor, tries: PinTries, now: datetime, languages: Sequence[str] = ("en",)
) -> dict[str, Any]:
    """What to do next on a call, for any event whatsoever: at most two actions, and what is known of the call."""
    line = _Line(read(event, languages), door, tries, languages, now)
    done, state = _BY_KIND.get(line.heard.kind, _go_on)(line)
    return actions.response(done, state.attributes())


def give_up(event: Any, languages: Sequence[str] = ("en",)) -> dict[str, Any]:
    """What to do when something of ours is broken: say that it did not work, and hang up."""
    heard = read(event, languages)
    if heard.kind in ("HANGUP", "NEW_OUTBOUND_CALL", "RINGING"):
        return actions.response([], heard.state.attributes())
    done, state = _farewell(heard, heard.state, Say.TROUBLE)
    return actions.response(done, state.attributes())


def _called(line: _Line) -> Next:
    return _ask_for_code(line, State(language=line.languages[0]), Say.CODE)


def _go_on(line: _Line) -> Next:
    """Nothing to do: what goes on goes on."""
    return [], line.heard.state


def _answered(line: _Line) -> Next:
    state = line.heard.state
    return _ask_for_key(line, state) if state.stage is Stage.CONFIRM else _hang_up(line.heard, state)


def _succeeded(line: _Line) -> Next:
    heard, state = line.heard, line.heard.state.but(failures=0)
    if state.stage is Stage.CODE:
        return _try(line, state)
    if state.stage is Stage.CONFIRM:
        return _confirm(line, state)
    if state.stage is Stage.WAIT:
        return _look(line, state)
    if state.stage is Stage.JOIN and heard.action == "JoinChimeMeeting":
        return [], state.but(stage=Stage.IN)
    if state.stage is Stage.END and heard.action != "Hangup":
        return _hang_up(heard, state)
    return [], state


def _failed(line: _Line) -> Next:
    heard, state = line.heard, line.heard.state.but(failures=line.heard.state.failures + 1)
    again = state.failures < 2
    if state.stage is Stage.CODE:
        return _silence(line, state)
    if state.stage is Stage.CONFIRM:
        return _ask_for_key(line, state) if again else _hang_up(heard, state)
    if state.stage in (Stage.WAIT, Stage.JOIN):
        return _look(line, state) if again else _farewell(heard, state, Say.TROUBLE)
    if state.stage is Stage.END:
        return _hang_up(heard, state) if again or heard.action != "Hangup" else ([], state)
    return [], state


def _interrupted(line: _Line) -> Next:
    """Something changed: look at once, or go back to what was asked."""
    state = line.heard.state
    if state.stage is Stage.CODE:
        return _ask_for_code(line, state, Say.CODE)
    if state.stage is Stage.CONFIRM:
        return _ask_for_key(line, state)
    if state.stage is Stage.WAIT:
        return _look(line, state)
    return _hang_up(line.heard, state) if state.stage is Stage.END else ([], state)


def _gone(line: _Line) -> Next:
    """Somebody hung up. When it was the meeting's end of the line, the person is still there."""
    heard, state = line.heard, line.heard.state
    if heard.leg != "LEG-A" and heard.connected:
        return _look(line, state) if state.stage in (Stage.JOIN, Stage.IN) else _go_on(line)
    if state.seat:
        line.door.leave(state.seat, line.now)
    return [], state.but(stage=Stage.END)


def _not_understood(line: _Line) -> Next:
    """Our last answer was refused: whatever is wrong with it, words may be what is wrong."""
    state = line.heard.state.but(failures=line.heard.state.failures + 1)
    if state.seat:
        line.door.leave(state.seat, line.now)
    return _hang_up(line.heard, state) if state.failures < 3 else ([], state)


def _ask_for_code(line: _Line, state: State, what: Say) -> Next:
    if not line.heard.call_id:
        return _hang_up(line.heard, state)
    names = line.languages
    other = names[(names.index(state.language) + 1) % len(names)] if state.language in names else names[0]
    asked = actions.ask_for_code(line.heard.call_id, what, state.language, other)
    return [asked], state.but(stage=Stage.CODE)


def _ask_for_key(line: _Line, state: State) -> Next:
    if not line.heard.call_id:
        return _hang_up(line.heard, state)
    return [actions.ask_for_key(line.heard.call_id, Say.CONFIRM, state.language)], state


def _silence(line: _Line, state: State) -> Next:
    """No code came, or it could not be asked for: once more, in the next language that was not heard yet."""
    if state.silences:
        return _farewell(line.heard, state, Say.NO_CODE)
    names = line.languages
    at = names.index(state.language) if state.language in names else 0
    after = names[(at + 2) % len(names)] if len(names) > 2 else names[at]
    return _ask_for_code(line, state.but(silences=1, language=after), Say.CODE)


def _try(line: _Line, state: State) -> Next:
    heard = line.heard
    try:
        line.tries.spend(Knock(heard.line, heard.step, heard.caller), line.now)
        found = line.door.arrive_by_pin(heard.digits, heard.line, line.now) if is_pin(heard.digits) else None
    except TooMany:
        return _farewell(heard, state, Say.TOO_MANY)
    except Refusal:
        return _farewell(heard, state, Say.TROUBLE)
    if isinstance(found, PhoneSeat):
        return _arrived(line, state, found)
    if isinstance(found, NotYet):
        return _farewell(heard, state, Say.TOO_EARLY)
    if state.tries + 1 < TRIES:
        return _ask_for_code(line, state.but(tries=state.tries + 1), Say.WRONG)
    return _farewell(heard, state.but(tries=TRIES), Say.NO_CODE)


def _confirm(line: _Line, state: State) -> Next:
    if line.heard.digits != "1":
        return _hang_up(line.heard, state)
    try:
        found = line.door.arrive_called(state.appointment_id, line.heard.line, line.now)
    except Refusal:
        return _farewell(line.heard, state, Say.TROUBLE)
    return _arrived(line, state, found) if found else _farewell(line.heard, state, Say.OVER)


def _arrived(line: _Line, state: State, seat: PhoneSeat) -> Next:
    """Words first: they say that it worked, while somebody at the other end may already see them there."""
    if not line.heard.call_id:
        return _hang_up(line.heard, state.but(seat=seat))
    state = state.but(stage=Stage.WAIT, seat=seat, language=seat.language)
    return [actions.speak(line.heard.call_id, Say.CONNECTING, state.language)], state


def _look(line: _Line, state: State) -> Next:
    if state.seat is None or not line.heard.call_id:
        return _hang_up(line.heard, state)
    status = line.door.status(state.seat, line.now)
    if status is PhoneStatus.ADMITTED:
        return _join(line, state, state.seat)
    if status is PhoneStatus.WAITING:
        return _wait(line, state)
    return _farewell(line.heard, state, Say.DECLINED if status is PhoneStatus.DECLINED else Say.OVER)


def _join(line: _Line, state: State, seat: PhoneSeat) -> Next:
    try:
        call = line.door.join(seat, line.now)
    except Busy:
        return _wait(line, state)
    except Refusal:
        return _farewell(line.heard, state, Say.TROUBLE)
    if call is None:
        return _wait(line, state)
    return [actions.join(line.heard.call_id, call)], state.but(stage=Stage.JOIN)


def _wait(line: _Line, state: State) -> Next:
    if state.rounds >= ROUNDS:
        return _farewell(line.heard, state, Say.NOBODY)
    state = state.but(stage=Stage.WAIT, rounds=state.rounds + 1)
    still_here = actions.speak(line.heard.call_id, Say.STILL_HERE, state.language)
    if line.heard.action == "Pause":
        return [still_here], state
    return [actions.pause(line.heard.call_id), still_here], state


def _farewell(heard: Heard, state: State, what: Say) -> Next:
    if state.stage is Stage.END or not heard.call_id:
        return _hang_up(heard, state)
    said = actions.speak(heard.call_id, what, state.language)
    return [said, actions.hang_up(heard.call_id)], state.but(stage=Stage.END)


def _hang_up(heard: Heard, state: State) -> Next:
    return [actions.hang_up(heard.call_id)], state.but(stage=Stage.END)


_BY_KIND: dict[str, Callable[[_Line], Next]] = {
    "NEW_INBOUND_CALL": _called,
    "NEW_OUTBOUND_CALL": _go_on,
    "RINGING": _go_on,
    "CALL_ANSWERED": _answered,
    "ACTION_SUCCESSFUL": _succeeded,
    "ACTION_FAILED": _failed,
    "ACTION_INTERRUPTED": _interrupted,
    "CALL_UPDATE_REQUESTED": _interrupted,
    "DIGITS_RECEIVED": _go_on,
    "HANGUP": _gone,
    "INVALID_LAMBDA_RESPONSE": _not_understood,
}
