"""People as DynamoDB items, and back."""

from datetime import UTC, datetime

from shared.clock import epoch, instant_text, parse_instant
from shared.people.model import Kind, Person, Role, SignIn, Status
from shared.tables import Item


def person_item(person: Person) -> Item:
    """Empty sets and words are left out: DynamoDB has no empty sets."""
    item: Item = {
        "pk": f"PERSON#{person.id}",
        "sk": "PERSON",
        "person_id": person.id,
        "kind": person.kind,
        "status": person.status,
        "zone": person.zone,
        "language": person.language,
        "created_at": instant_text(person.created_at),
        "handle": person.handle,
        "name": person.name,
        "email": person.email,
        "roles": set(person.roles),
        "second_factor": person.second_factor,
        "codes": set(person.codes),
        "made_by": person.made_by,
        "sign_ins": {f"s{key}": sign_in_item(value) for key, value in person.sign_ins.items()},
    }
    return {name: value for name, value in item.items() if value not in ("", set())}


def person_of(item: Item) -> Person:
    return Person(
        id=item["person_id"],
        kind=Kind(item["kind"]),
        status=Status(item["status"]),
        zone=item["zone"],
        language=item["language"],
        created_at=parse_instant(item["created_at"]),
        handle=item.get("handle", ""),
        name=item.get("name", ""),
        email=item.get("email", ""),
        roles=frozenset(map(Role, item.get("roles", ()))),
        second_factor=item["second_factor"],
        codes=frozenset(item.get("codes", ())),
        sign_ins={key[1:]: _sign_in(key[1:], value) for key, value in item["sign_ins"].items()},
        made_by=item.get("made_by", ""),
    )


def sign_in_item(sign_in: SignIn) -> Item:
    return {
        "current": sorted(sign_in.current),
        "previous": sorted(sign_in.previous),
        "rotated_at": epoch(sign_in.rotated_at),
        "expires_at": epoch(sign_in.expires_at),
    }


def _sign_in(sign_in_id: str, item: Item) -> SignIn:
    return SignIn(
        id=sign_in_id,
        current=frozenset(item["current"]),
        previous=frozenset(item["previous"]),
        rotated_at=datetime.fromtimestamp(item["rotated_at"], UTC),
        expires_at=datetime.fromtimestamp(item["expires_at"], UTC),
    )
