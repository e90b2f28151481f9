"""Routes: the messages of a room, for clients and staff alike. Whoever is in a room does the same things there."""

from collections.abc import Callable

from functions.api_app import ApiApp
from functions.call import Call, Nothing, Reply, View
from functions.entry_views import MessageView
from functions.log_views import PageView, PostedView
from functions.message_inputs import MessageInput, PageInput, ReactionsInput, ReadInput, WordsInput
from functions.operation import operation
from shared.errors import Conflict, NotFound, Refusal, TooMany
from shared.intents import KeyReused, Once, Repeated
from shared.people.limits import CHANGES_PER_PERSON
from shared.rooms.log import Message, Words
from shared.rooms.model import member_id_of
from shared.rooms.refusals import (
    GuidelinesChanged,
    MemberMuted,
    MemberSuspended,
    Newcomer,
    NotAMember,
    Removed,
    RoomClosed,
    RoomResting,
    TooLateToChange,
    TooSoon,
)
from shared.rooms.talk import Draft, Posted
from shared.rooms.writing import Changed

_OUTSIDE = (NotFound, NotAMember, Removed, MemberSuspended)
_SILENT = (*_OUTSIDE, MemberMuted, RoomClosed, RoomResting, GuidelinesChanged, Newcomer)


@operation({200: PageView}, *_OUTSIDE)
def page(app: ApiApp, call: Call, query: PageInput) -> Reply:
    """A stretch of the room's log, in order."""
    found = app.rooms.reading.page(
        call.caller, _room(call), after=query.after, before=query.before, limit=query.limit, now=call.now
    )
    return Reply.of(PageView.of(found, call.now))


@operation({201: PostedView}, *_SILENT, TooSoon, KeyReused, keyed=True)
def post(app: ApiApp, call: Call, body: MessageInput) -> Reply:
    """Say something. The Idempotency-Key is the message's `client_id`: sent again, it is said once."""
    room_id = _room(call)
    draft = Draft(body.text, body.warning, body.reply_to or 0, body.after)
    posted = app.rooms.talk.post(call.caller, room_id, draft, call.named_intent, call.key, call.now)
    app.rooms.broadcast.news(room_id, Changed(posted.message, posted.entry), posted.author)
    return Reply.of(PostedView.of(posted), 201)


@operation({200: PostedView}, *_SILENT, TooLateToChange, TooMany, keyed=True)
def edit(app: ApiApp, call: Call, body: WordsInput) -> Reply:
    """Put other words in place of one's own, within a quarter of an hour."""
    words = Words(body.text, body.warning)

    def change(once: Once) -> PostedView:
        app.limits.spend(CHANGES_PER_PERSON, call.caller.id, call.now)
        posted = app.rooms.talk.edit(call.caller, _room(call), _seq(call), words, once, call.now)
        app.rooms.broadcast.news(_room(call), Changed(posted.message, posted.entry), posted.author)
        return PostedView.of(posted)

    return _once_without_words(app, call, change, PostedView.of)


@operation({200: MessageView}, *_OUTSIDE, TooLateToChange)
def withdraw(app: ApiApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Take one's own words back, within a day."""
    view = _view(call)
    withdrawn = app.rooms.talk.withdraw(call.caller, _room(call), _seq(call), call.once(view), call.now)
    app.rooms.broadcast.news(_room(call), withdrawn)
    return Reply.of(view(withdrawn.message))


@operation({200: MessageView}, *_OUTSIDE, MemberMuted, Conflict, TooMany, keyed=True)
def react(app: ApiApp, call: Call, body: ReactionsInput) -> Reply:
    """Replace the caller's reactions to a message."""
    kinds = frozenset(body.kinds)

    def change(once: Once) -> MessageView:
        app.limits.spend(CHANGES_PER_PERSON, call.caller.id, call.now)
        changed = app.rooms.talk.react(call.caller, _room(call), _seq(call), kinds, once, call.now)
        app.rooms.broadcast.news(_room(call), changed)
        return _view(call)(changed.message)

    return _once_without_words(app, call, change, lambda posted: _view(call)(posted.message))


@operation({204: None}, *_OUTSIDE, repeatable=True)
def read(app: ApiApp, call: Call, body: ReadInput) -> Reply:
    """Note up to where the caller has read; it only moves forward."""
    app.rooms.reading.read(call.caller, _room(call), body.seq, call.now)
    return Reply(204)


def _once_without_words(
    app: ApiApp, call: Call, change: Callable[[Once], View], again: Callable[[Posted], View]
) -> Reply:
    """Change a message once; a repeat is shown the message as it is by then.

    What people say is not in a remembered answer, where it would outlast its being taken back.
    """
    if call.intents.recall(call.named_intent, call.now) is None:
        try:
            return Reply.of(change(call.once(None)))
        except (Refusal, Repeated):
            if call.intents.recall(call.named_intent, call.now) is None:
                raise
    return Reply.of(again(app.rooms.talk.again(call.caller, _room(call), _seq(call), call.now)))


def _view(call: Call) -> Callable[[Message], MessageView]:
    def view(message: Message) -> MessageView:
        return MessageView.of(message, member_id_of(_room(call), call.caller.id))

    return view


def _room(call: Call) -> str:
    return call.path["room_id"]


def _seq(call: Call) -> int:
    return int(call.path["seq"])
