"""How addresses are kept, in the people table.

    PERSON#<person>  CHANNEL#<channel>  the address, sealed; whether it takes notices; the code on its way
    ADDRESS#<id>     ADDRESS            whose it is and on which channel; the digest of its unsubscribe secret

The second leads from an unsubscribe link, and from what the service that delivers tells of a message, to the first. An
address that was replaced or removed has neither: what is told of it later leads nowhere.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.clock import epoch
from shared.reminders.address import CODE_TRIES, Address, SentCode, State, Why
from shared.reminders.channel import Channel
from shared.reminders.refusals import CodeSpent
from shared.tables import Item, Lost, Table, Write, changed_meanwhile


class NotNow(Exception):  # noqa: N818 - named for what happened
    """Another address, another state, or somebody was faster: there is nothing to do."""


@dataclass(frozen=True)
class Addresses:
    """Reads addresses, and makes the writes that change them."""

    table: Table

    def find(self, person_id: str, channel: Channel) -> Address | None:
        """A person's address on a channel, as of now."""
        item = self.table.get(*_key(person_id, channel))
        return _address(item) if item else None

    def of_id(self, address_id: str) -> Address | None:
        """The address with this id, if it is still somebody's."""
        leads = self.table.get(f"ADDRESS#{address_id}", "ADDRESS")
        found = self.find(leads["person_id"], Channel(leads["channel"])) if leads else None
        return found if found and found.id == address_id else None

    def of_secret(self, address_id: str, secret: str) -> Address | None:
        """The same, for whoever knows the secret of its unsubscribe link."""
        leads = self.table.get(f"ADDRESS#{address_id}", "ADDRESS")
        known = leads is not None and hmac.compare_digest(leads["secret"], _digest(secret))
        return self.of_id(address_id) if known else None

    def keep(self, address: Address, secret: str, instead_of: Address | None) -> list[Write]:
        """Keep a new address. Lost, as ChangedMeanwhile, when it is another that is there by now."""
        leads: Item = {
            "pk": f"ADDRESS#{address.id}",
            "sk": "ADDRESS",
            "person_id": address.person_id,
            "channel": address.channel,
            "secret": _digest(secret),
        }
        item = _item(address)
        if instead_of is None:
            return [self.table.put_new(item), self.table.put(leads)]
        replaced = self.table.put(item, when="id = :seen", values={"seen": instead_of.id})
        return [replaced, self.table.put(leads), self._forget(instead_of)]

    def claim_code(self, address: Address, code: SentCode) -> Write:
        """Write down the code that is about to be sent: one for one address. Lost: NotNow."""
        return self._change(
            address,
            "SET code_digest = :digest, code_salt = :salt, code_until = :until, tries = :none",
            "#state = :unverified AND attribute_not_exists(code_digest)",
            {"digest": code.digest, "salt": code.salt, "until": epoch(code.until), "none": 0},
        )

    def take_back_code(self, address: Address, code: SentCode) -> Write:
        """The code was surely not sent: another may be. Lost: NotNow."""
        change = "REMOVE code_digest, code_salt, code_until, tries"
        when = "#state = :unverified AND code_digest = :digest"
        return self._change(address, change, when, {"digest": code.digest})

    def spend_try(self, address: Address, now: datetime) -> Write:
        """Count a try before its digits are looked at; the commit returns the item. Lost: CodeSpent."""
        return self._change(
            address,
            "SET tries = tries + :one",
            "#state = :unverified AND tries < :most AND code_until > :now",
            {"one": 1, "most": CODE_TRIES, "now": epoch(now)},
            lost=lambda _old: CodeSpent(),
        )

    def turn_on(self, address: Address) -> Write:
        """Its owner has typed the code. Lost, as ChangedMeanwhile, when it was switched off or replaced meanwhile."""
        change = "SET #state = :on REMOVE code_digest, code_salt, code_until, tries"
        return self._change(address, change, "#state = :unverified", {"on": State.ON}, lost=changed_meanwhile)

    def turn_off(self, address: Address, why: Why) -> Write:
        """Nothing goes there any more. Lost, as NotNow, when it is off already: the first reason stays."""
        change = "SET #state = :off, why = :why REMOVE code_digest, code_salt, code_until, tries"
        return self._change(address, change, "#state <> :off", {"off": State.OFF, "why": why})

    def remove(self, address: Address) -> list[Write]:
        """Forget it. Lost, as ChangedMeanwhile, when it is another that is there by now."""
        gone = self.table.delete(*_key(address.person_id, address.channel), when="id = :id", values={"id": address.id})
        return [gone, self._forget(address)]

    def _forget(self, address: Address) -> Write:
        return self.table.delete(f"ADDRESS#{address.id}", "ADDRESS")

    def _change(self, address: Address, change: str, when: str, values: Item, lost: Lost | None = None) -> Write:
        told = {**values, "id": address.id}
        if ":unverified" in when:
            told["unverified"] = State.UNVERIFIED
        return self.table.update(
            *_key(address.person_id, address.channel),
            change,
            when=f"id = :id AND {when}",
            values=told,
            lost=lost or (lambda _old: NotNow()),
        )


def code_of(item: Item) -> SentCode | None:
    """The code on its way that an item holds."""
    if "code_digest" not in item:
        return None
    until = datetime.fromtimestamp(item["code_until"], UTC)
    return SentCode(item["code_digest"], item["code_salt"], until, item["tries"])


def _key(person_id: str, channel: Channel) -> tuple[str, str]:
    return f"PERSON#{person_id}", f"CHANNEL#{channel}"


def _item(address: Address) -> Item:
    pk, sk = _key(address.person_id, address.channel)
    return {
        "pk": pk,
        "sk": sk,
        "id": address.id,
        "person_id": address.person_id,
        "channel": address.channel,
        "sealed": address.sealed,
        "masked": address.masked,
        "state": address.state,
    }


def _address(item: Item) -> Address:
    return Address(
        id=item["id"],
        person_id=item["person_id"],
        channel=Channel(item["channel"]),
        sealed=bytes(item["sealed"]),
        masked=item["masked"],
        state=State(item["state"]),
        why=Why(item["why"]) if "why" in item else None,
        code=code_of(item),
    )


def _digest(secret: str) -> str:
    """128 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
