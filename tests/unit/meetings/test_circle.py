"""The talking order of a circle, and looking after those in it."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.errors import NotFound
from shared.meetings.circle import GRACE, Care, Circle
from shared.meetings.refusals import AlreadySpeaking, NotInCircle, NotYourTurn, OrderChanged

NOW = datetime(2027, 3, 1, 19, tzinfo=UTC)
MAYA, ALICE, BEN, CARO = "maya", "alice", "ben", "caro"


@pytest.fixture
def circle() -> Circle:
    """Four people in the call; it is nobody's turn yet."""
    return Circle().among([MAYA, ALICE, BEN, CARO], ())


def test_people_talk_in_the_order_in_which_they_came(circle: Circle) -> None:
    heard = []
    for _ in range(5):
        circle = circle.next_turn(NOW)
        heard.append(circle.speaker)

    assert heard == [MAYA, ALICE, BEN, CARO, MAYA]


def test_whoever_comes_later_is_last(circle: Circle) -> None:
    assert circle.among([MAYA, ALICE, BEN, CARO, "dora"], ()).here[-1] == "dora"


def test_whoever_loses_the_line_finds_their_place_again(circle: Circle) -> None:
    alone = circle.among([MAYA, BEN, CARO], ())

    assert alone.here == (MAYA, BEN, CARO)
    assert alone.among([MAYA, BEN, CARO, ALICE], ()).here == (MAYA, ALICE, BEN, CARO)


def test_whoever_was_removed_has_no_place_left(circle: Circle) -> None:
    circle = circle.raise_hand(ALICE).among([MAYA, BEN, CARO], {ALICE})

    assert (circle.order, circle.hands) == ((MAYA, BEN, CARO), ())


def test_a_turn_ends_with_its_speakers_going_and_the_order_goes_on_after_them(circle: Circle) -> None:
    circle = circle.set_timer(60, NOW).give_turn(ALICE, NOW)
    gone = circle.among([MAYA, BEN, CARO], ())

    assert (gone.speaker, gone.turn_ends_at, gone.next) == ("", None, BEN)


def test_the_order_goes_on_also_after_somebody_who_was_removed(circle: Circle) -> None:
    removed = circle.give_turn(BEN, NOW).among([MAYA, ALICE, CARO], {BEN})

    assert (removed.speaker, removed.next) == ("", CARO)


def test_a_turn_can_be_passed_on(circle: Circle) -> None:
    circle = circle.give_turn(ALICE, NOW)

    assert circle.pass_turn(ALICE, NOW).speaker == BEN


def test_whoever_lets_the_next_turn_go_by_has_the_one_after_that(circle: Circle) -> None:
    circle = circle.give_turn(MAYA, NOW).pass_turn(ALICE, NOW)
    heard = []
    for _ in range(5):
        circle = circle.next_turn(NOW)
        heard.append(circle.speaker)

    assert heard == [BEN, CARO, MAYA, ALICE, BEN]


def test_when_nobody_wants_to_talk_nobody_has_to(circle: Circle) -> None:
    for seat in (ALICE, BEN, CARO):
        circle = circle.pass_turn(seat, NOW)
    circle = circle.give_turn(MAYA, NOW).next_turn(NOW)

    assert (circle.speaker, circle.passed, circle.next) == ("", (), ALICE)


def test_only_the_speaker_ends_the_turn(circle: Circle) -> None:
    circle = circle.give_turn(ALICE, NOW)

    assert circle.done(ALICE, NOW).speaker == BEN
    with pytest.raises(NotYourTurn):
        circle.done(BEN, NOW)


def test_hands_are_seen_in_the_order_in_which_they_were_raised(circle: Circle) -> None:
    circle = circle.raise_hand(CARO).raise_hand(ALICE).raise_hand(CARO)

    assert circle.hands == (CARO, ALICE)
    assert circle.lower_hand(CARO).hands == (ALICE,)
    assert circle.give_turn(CARO, NOW).hands == (ALICE,)


def test_a_raised_hand_takes_back_that_one_lets_the_turn_go_by(circle: Circle) -> None:
    circle = circle.pass_turn(ALICE, NOW).raise_hand(ALICE)

    assert (circle.passed, circle.hands) == ((), (ALICE,))


def test_whoever_speaks_need_not_ask(circle: Circle) -> None:
    with pytest.raises(AlreadySpeaking):
        circle.give_turn(ALICE, NOW).raise_hand(ALICE)


def test_nobody_who_is_not_there_is_given_a_turn_or_asks_for_one(circle: Circle) -> None:
    away = circle.among([MAYA, BEN, CARO], ())
    with pytest.raises(NotInCircle):
        away.give_turn(ALICE, NOW)
    with pytest.raises(NotInCircle):
        away.raise_hand(ALICE)
    with pytest.raises(NotInCircle):
        away.pass_turn(ALICE, NOW)
    with pytest.raises(NotInCircle):
        away.step_out(ALICE, NOW)


def test_a_turn_that_is_given_twice_does_not_begin_anew(circle: Circle) -> None:
    circle = circle.set_timer(120, NOW).give_turn(ALICE, NOW)

    assert circle.turn_ends_at == NOW + timedelta(minutes=2)
    assert circle.give_turn(ALICE, NOW + timedelta(minutes=1)) == circle


def test_a_timer_counts_from_when_it_is_set_and_can_be_put_away(circle: Circle) -> None:
    circle = circle.give_turn(ALICE, NOW)
    assert circle.turn_ends_at is None

    later = NOW + timedelta(minutes=1)
    timed = circle.set_timer(60, later)
    assert timed.turn_ends_at == later + timedelta(minutes=1)
    assert timed.set_timer(0, later).turn_ends_at is None


def test_another_order_is_of_those_who_are_there(circle: Circle) -> None:
    away = circle.among([MAYA, BEN, CARO], ())
    ordered = away.reorder([CARO, MAYA, BEN])

    assert ordered.here == (CARO, MAYA, BEN)
    assert ordered.among([MAYA, BEN, CARO, ALICE], ()).here == (CARO, MAYA, BEN, ALICE)
    for wrong in ([CARO, MAYA], [CARO, MAYA, BEN, ALICE], [CARO, CARO, MAYA]):
        with pytest.raises(OrderChanged):
            away.reorder(wrong)


def test_whoever_steps_out_hands_the_turn_on_and_is_to_be_looked_after(circle: Circle) -> None:
    out = circle.give_turn(ALICE, NOW).step_out(ALICE, NOW)

    assert (out.speaker, out.stepped_out) == (BEN, (Care(ALICE, NOW),))
    assert out.step_out(ALICE, NOW + timedelta(minutes=1)) == out
    assert out.followed_up(ALICE).stepped_out == (Care(ALICE, NOW, done=True),)
    assert out.come_back(ALICE).stepped_out == ()
    with pytest.raises(NotFound):
        out.followed_up(BEN)


def test_who_is_not_okay_is_not_forgotten_when_they_go(circle: Circle) -> None:
    told = circle.signal(ALICE, NOW).among([MAYA, BEN, CARO], ())

    assert told.not_okay == (Care(ALICE, NOW),)


def test_not_okay_said_again_is_news_only_after_it_was_seen(circle: Circle) -> None:
    later = NOW + timedelta(minutes=5)
    told = circle.signal(ALICE, NOW)

    assert told.signal(ALICE, later) == told
    assert told.seen(ALICE).not_okay == (Care(ALICE, NOW, done=True),)
    assert told.seen(ALICE).signal(ALICE, later).not_okay == (Care(ALICE, later),)
    assert told.okay(ALICE).not_okay == ()
    with pytest.raises(NotFound):
        circle.seen(ALICE)


def test_a_circle_without_a_facilitator_ends_after_a_while(circle: Circle) -> None:
    gone = circle.attended(NOW, by_facilitator=False)

    assert gone.ends_at == NOW + GRACE
    assert gone.attended(NOW + timedelta(minutes=2), by_facilitator=False).ends_at == NOW + GRACE
    assert gone.attended(NOW + timedelta(minutes=2), by_facilitator=True).ends_at is None
