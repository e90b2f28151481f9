"""How the entries of a room's log look, to a member and to everybody in the room at once."""

from datetime import datetime
from typing import Literal

from functions.call import View
from shared.rooms.log import Change, Entry, HeldFor, Message, MessageState, Reaction
from shared.rooms.model import MemberRole
from shared.rooms.writing import Changed


class AuthorView(View):
    """Who wrote it: an id and a handle of this room, which mean nothing in any other."""

    id: str
    handle: str
    role: MemberRole


class HiddenView(View):
    """An entry that is not for the viewer: only its number is."""

    seq: int
    kind: Literal["hidden"] = "hidden"


class MessageView(View):
    """A message, to one viewer. What was withdrawn or redacted has no words (any more).

    In frames, which are the same for all, `mine` is false and `reacted` empty: compare `author.id` with your own.
    """

    seq: int
    kind: Literal["message"] = "message"
    state: MessageState
    author: AuthorView
    text: str
    warning: str | None
    folded: bool
    reply_to: int | None
    posted_at: datetime
    edited_at: datetime | None
    reactions: dict[Reaction, int]
    reacted: list[Reaction]
    mine: bool
    client_id: str
    held_for: HeldFor | None
    replaces: int | None
    note: str

    @classmethod
    def of(cls, message: Message, member_id: str = "") -> "MessageView":
        """What the member with this id sees; what all of them see without one."""
        return cls(
            seq=message.seq,
            state=message.state,
            author=AuthorView(id=message.author, handle=message.handle, role=message.role),
            text=message.text,
            warning=message.warning or None,
            folded=message.folded,
            reply_to=message.reply_to or None,
            posted_at=message.posted_at,
            edited_at=message.edited_at,
            reactions={Reaction(kind): len(members) for kind, members in sorted(message.reactions.items())},
            reacted=[Reaction(kind) for kind, members in sorted(message.reactions.items()) if member_id in members],
            mine=message.author == member_id,
            client_id=message.client_id,
            held_for=message.held_for,
            replaces=message.replaces or None,
            note=message.note,
        )


class ChangeView(View):
    """A message is different now."""

    seq: int
    kind: Literal["change"] = "change"
    of: int
    message: MessageView | HiddenView


EntryView = MessageView | ChangeView | HiddenView


def entry_for_all(changed: Changed) -> EntryView:
    """The news as everybody is shown it who may see the message."""
    view = MessageView.of(changed.message)
    if isinstance(changed.entry, Change):
        return ChangeView(seq=changed.entry.seq, of=changed.entry.of, message=view)
    return view


def hidden_from_all(entry: Entry) -> EntryView:
    """The news to those who may not see the message. A change hides what they may have seen of it before."""
    if isinstance(entry, Change):
        return ChangeView(seq=entry.seq, of=entry.of, message=HiddenView(seq=entry.of))
    return HiddenView(seq=entry.seq)
