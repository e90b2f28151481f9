"""How notices and preferences are kept, in the appointments table.

    REMINDING#<person>  REMINDING      what somebody decided about being reminded, and when they last read their notices
    NOTICES#<person>    NOTICE#<id>    what somebody was told; putting it, if it is not there, is what makes it once
    UNSENT              <notice id>    notices that have not gone out on every channel yet, for the sweep

The id of a notice comes from its errand, so that the same errand lands on the same notice however often it runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.clock import epoch, instant_text, parse_instant
from shared.people.model import Kind
from shared.reminders.channel import Channel, Delivery
from shared.reminders.errand import Errand
from shared.reminders.notice import KEPT, Notice, NoticeKind
from shared.reminders.preferences import Preferences, Quiet
from shared.tables import Item, Table, Write

_LAST = "\uffff"
_SETTLED = (Delivery.DELIVERED, Delivery.GONE)


class AlreadyTold(Exception):  # noqa: N818 - named for what happened
    """There is this notice already, or somebody else is sending it."""


@dataclass(frozen=True)
class NoticeStore:
    """Reads notices and preferences, and makes the writes that change them."""

    table: Table

    def preferences(self, person_id: str, kind: Kind) -> Preferences:
        """What somebody decided, or what is usual."""
        item = self.table.get(*_reminding(person_id))
        return _preferences(item, person_id, kind)

    def preferences_of(self, people: Iterable[tuple[str, Kind]]) -> dict[str, Preferences]:
        """The same for several people, in one read for each hundred."""
        kinds = dict(people)
        items = self.table.get_many([_reminding(person_id) for person_id in kinds])
        return {one: _preferences(items.get(_reminding(one)), one, kind) for one, kind in kinds.items()}

    def decide(self, before: Preferences, after: Preferences, now: datetime) -> Write:
        """Replace somebody's preferences, unless they were changed meanwhile."""
        words = _preference_words(after, now)
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in words)
        if after.quiet is None:
            change += " REMOVE quiet"
        first = "attribute_not_exists(#version)"
        return self.table.update(
            *_reminding(after.person_id),
            change,
            when="#version = :seen" if before.version else first,
            values={**words, **({"seen": before.version} if before.version else {})},
        )

    def read_until(self, person_id: str) -> datetime | None:
        """Up to when somebody has read their notices."""
        item = self.table.get(*_reminding(person_id))
        return parse_instant(item["read_until"]) if item and "read_until" in item else None

    def read(self, person_id: str, until: datetime) -> Write:
        """Write up to when they have read them. It never goes back, and being there already is no loss."""
        return self.table.update(
            *_reminding(person_id),
            "SET read_until = :until",
            when="attribute_not_exists(read_until) OR read_until <= :until",
            values={"until": instant_text(until)},
            lost=lambda _old: AlreadyTold(),
        )

    def find(self, person_id: str, notice_id: str) -> Notice | None:
        """One notice, as of now."""
        item = self.table.get(*_key(person_id, notice_id))
        return _notice(item) if item else None

    def there(self, keys: Iterable[tuple[str, str]]) -> set[str]:
        """The ids of those notices that there are, among these of person and id."""
        found = self.table.get_many([_key(*key) for key in keys])
        return {str(item["id"]) for item in found.values()}

    def of_person(self, person_id: str, now: datetime) -> list[Notice]:
        """Somebody's notices of the last two weeks, latest first."""
        items = self.table.query(f"NOTICES#{person_id}", "NOTICE#", f"NOTICE#{_LAST}")
        kept = [_notice(item) for item in items if item["expires_at"] > epoch(now)]
        return sorted(kept, key=lambda notice: (notice.at, notice.id), reverse=True)

    def claim(self, notice: Notice, errand: Errand) -> list[Write]:
        """Write a new notice; if it has to go out, note that it has not yet. Lost to whoever was faster."""
        writes = [self.table.put_new(_item(notice), lost=_told)]
        if notice.waiting:
            row = {"pk": "UNSENT", "sk": notice.id, "errand": errand.told(), "at": instant_text(notice.at)}
            writes.append(self.table.put(row))
        return writes

    def take_over(self, notice: Notice, until: datetime, now: datetime) -> Write:
        """Go on with one whose sender was lost. Lost while somebody holds it."""
        return self.table.update(
            *_key(notice.person_id, notice.id),
            "SET held_until = :until",
            when="held_until <= :now",
            values={"until": instant_text(until), "now": instant_text(now)},
            lost=_told,
        )

    def let_go(self, notice: Notice, now: datetime) -> Write:
        """Let whoever comes next go on with it."""
        return self.table.update(
            *_key(notice.person_id, notice.id), "SET held_until = :now", values={"now": instant_text(now)}
        )

    def mark(self, person_id: str, notice_id: str, channel: Channel, delivery: Delivery) -> Write:
        """Write what became of it on one channel. What came of it in the end is never taken back by earlier news."""
        settled = " AND ".join(f"deliveries.#{channel} <> :s{number}" for number in range(len(_SETTLED)))
        final = delivery in _SETTLED
        values = {"delivery": delivery, **({} if final else {f"s{n}": state for n, state in enumerate(_SETTLED)})}
        return self.table.update(
            *_key(person_id, notice_id),
            f"SET deliveries.#{channel} = :delivery",
            when=f"attribute_exists(deliveries.#{channel})" + ("" if final else f" AND {settled}"),
            values=values,
            lost=_told,
        )

    def done(self, notice_id: str) -> Write:
        """Note that it has gone out, as far as it will."""
        return self.table.delete("UNSENT", notice_id)

    def unsent(self) -> list[tuple[str, Errand]]:
        """The notices that have not gone out: their ids and what they came from. At most a thousand."""
        return [(item["sk"], Errand.of_event(item["errand"])) for item in self.table.query("UNSENT", "0", _LAST)]


def _key(person_id: str, notice_id: str) -> tuple[str, str]:
    return f"NOTICES#{person_id}", f"NOTICE#{notice_id}"


def _reminding(person_id: str) -> tuple[str, str]:
    return f"REMINDING#{person_id}", "REMINDING"


def _item(notice: Notice) -> Item:
    pk, sk = _key(notice.person_id, notice.id)
    instants = {name: getattr(notice, name) for name in ("at", "start", "until", "held_until")}
    item: Item = {
        "pk": pk,
        "sk": sk,
        **notice.__dict__,
        **{name: instant_text(instant) for name, instant in instants.items() if instant},
        "deliveries": {str(channel): str(state) for channel, state in notice.deliveries.items()},
        "expires_at": epoch(notice.at + KEPT),
    }
    return {name: value for name, value in item.items() if value is not None}


def _notice(item: Item) -> Notice:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk", "expires_at")}
    told |= {name: parse_instant(told[name]) for name in ("at", "start", "until", "held_until") if name in told}
    told["deliveries"] = {Channel(channel): Delivery(state) for channel, state in told["deliveries"].items()}
    return Notice(**{**told, "kind": NoticeKind(told["kind"])})


def _preference_words(after: Preferences, now: datetime) -> Item:
    words: Item = {
        "before": list(after.before),
        "channels": sorted(after.channels),
        "code_word": after.code_word,
        "sender": after.sender,
        "calendar_title": after.calendar_title,
        "version": after.version,
        "changed_at": instant_text(now),
        "person_id": after.person_id,
    }
    if after.quiet:
        words["quiet"] = {"start": after.quiet.start, "end": after.quiet.end}
    return words


def _preferences(item: Item | None, person_id: str, kind: Kind) -> Preferences:
    if item is None or "version" not in item:
        return Preferences.usual(person_id, kind)
    quiet = item.get("quiet")
    return Preferences(
        person_id=person_id,
        before=tuple(item["before"]),
        channels=frozenset(map(Channel, item["channels"])),
        quiet=Quiet(quiet["start"], quiet["end"]) if quiet else None,
        code_word=item["code_word"],
        sender=item["sender"],
        calendar_title=item["calendar_title"],
        version=item["version"],
        changed_at=parse_instant(item["changed_at"]),
    )


def _told(_old: Item | None) -> Exception:
    return AlreadyTold()
