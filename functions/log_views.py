"""How a member is shown a room's log, and what they have posted.

Apart from the entries themselves, so that functions which only send frames do not load what it takes to post.
"""

from datetime import datetime

from functions.call import View
from functions.entry_views import ChangeView, EntryView, HiddenView, MessageView
from shared.rooms.log import Change, Entry, HeldFor, Message
from shared.rooms.model import Membership
from shared.rooms.reading import Page
from shared.rooms.talk import Posted
from shared.safety.screening import Level


class PageView(View):
    """A stretch of the log. Numbers that are missing on it are gone for good; `tail` is the newest number there is."""

    entries: list[EntryView]
    tail: int
    more: bool

    @classmethod
    def of(cls, page: Page, now: datetime) -> "PageView":
        """What the viewer of the page sees."""
        shown = [
            entry_view(entry, entry if isinstance(entry, Message) else page.changed.get(entry.of), page.viewer, now)
            for entry in page.entries
        ]
        return cls(entries=shown, tail=page.tail, more=page.more)


class PostedView(View):
    """What was posted. With `help`, please show at once where help is; `held_for` says why it waits, if it does."""

    entry: MessageView
    help: Level | None
    held_for: HeldFor | None

    @classmethod
    def of(cls, posted: Posted) -> "PostedView":
        """The message, to its author."""
        message = posted.message
        return cls(entry=MessageView.of(message, posted.author.member_id), help=posted.level, held_for=message.held_for)


def entry_view(entry: Entry, message: Message | None, viewer: Membership, now: datetime) -> EntryView:
    """An entry as `viewer` sees it; `message` is the one it is, or is about."""
    hidden = message is None or not message.visible_to(viewer, now)
    if message is None or (hidden and not isinstance(entry, Change)):
        return HiddenView(seq=entry.seq)
    if not isinstance(entry, Change):
        return MessageView.of(message, viewer.member_id)
    about: MessageView | HiddenView = (
        HiddenView(seq=message.seq) if hidden else MessageView.of(message, viewer.member_id)
    )
    return ChangeView(seq=entry.seq, of=entry.of, message=about)
