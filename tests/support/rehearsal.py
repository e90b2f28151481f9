"""The cast, who come by the real doors once per process; for each test, what the site then knew is put into its tables.

To let everybody register, be invited and sign in anew would take longer than most tests. Accounts in the user pools and
sign-ins are new each time, so that nothing one test does to them is seen by another.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import ClientError

from tests.support import cast
from tests.support.api import Browser, claims_of
from tests.support.cast import Client, StaffMember
from tests.support.clock import NOON
from tests.support.cognito import Pool
from tests.support.site import Site

_TABLES = ("people", "rooms", "appointments", "audit")
_STAFF = {
    "tom": (cast.TOMS_PASSWORD, "counselor", "198.51.100.2"),
    "maya": (cast.MAYAS_PASSWORD, "facilitator", "198.51.100.3"),
}
_CLIENTS = {"alice": (cast.ALICES_PASSWORD, "203.0.113.7"), "ben": (cast.BENS_PASSWORD, "203.0.113.8")}
_AT_ONCE = 25  # writes that BatchWriteItem takes
Item = dict[str, Any]
Items = dict[tuple[str, str, str], Item]
Person = Client | StaffMember


@dataclass(frozen=True)
class Part:
    """Somebody as they were when they had come: what the site had written for it, by table, and their account's
    attributes."""

    person: Person
    written: list[tuple[str, Item]]
    attributes: list[dict[str, str]]

    @property
    def sign_in(self) -> str:
        """The id of their sign-in, as it is kept."""
        return _sign_in(self.person.browser.token)


class Rehearsal:
    """Everybody's part, learned at a site that is gone by now."""

    def __init__(self, site: Site) -> None:
        assert site.clock() == NOON
        self._parts: dict[str, Part] = {}
        before: Items = {}
        for name, person in _arriving(site):
            after = _items(site)
            written = [(key[0], item) for key, item in after.items() if before.get(key) != item]
            account = site.cognito_behind_the_scenes.admin_get_user(
                UserPoolId=_pool(site, person).id, Username=person.id
            )
            attributes = [one for one in account["UserAttributes"] if one["Name"] != "sub"]
            self._parts[name] = Part(person, written, attributes)
            before = after

    def enters(self, site: Site, name: str, admin: StaffMember | None = None) -> Any:
        """They have come to this site as well and are signed in.

        Whoever comes later than at the beginning of the site's time comes by the real door, staff invited by `admin`.
        """
        if site.clock() != NOON:
            return _by_the_real_door(site, name, admin)
        part = self._parts[name]
        person, pool, cognito = part.person, _pool(site, part.person), site.cognito_behind_the_scenes
        account = {"UserPoolId": pool.id, "Username": person.id}
        cognito.admin_create_user(**account, UserAttributes=part.attributes, MessageAction="SUPPRESS")
        cognito.admin_set_user_password(**account, Password=person.password, Permanent=True)
        tokens = cognito.admin_initiate_auth(
            UserPoolId=pool.id,
            ClientId=pool.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": person.id, "PASSWORD": person.password},
        )["AuthenticationResult"]
        sign_in = _sign_in(tokens["AccessToken"])
        _write(site, json.loads(json.dumps(part.written).replace(part.sign_in, sign_in)))
        jar = {
            cookie: (".".join([*value.replace(part.sign_in, sign_in).split(".")[:3], tokens["RefreshToken"]]), path)
            for cookie, (value, path) in person.browser.jar.items()
        }
        return replace(person, browser=Browser(site.gateway, person.browser.address, tokens["AccessToken"], jar))


def _arriving(site: Site) -> Iterator[tuple[str, Person]]:
    ada = cast.first_admin(site)
    yield "ada", ada
    for name in (*_STAFF, *_CLIENTS):
        yield name, _by_the_real_door(site, name, ada)


def _by_the_real_door(site: Site, name: str, admin: StaffMember | None) -> Person:
    if name in _CLIENTS:
        password, address = _CLIENTS[name]
        return cast.register_client(site, password, address=address)
    assert admin
    password, role, address = _STAFF[name]
    return cast.hire(site, admin, name.title(), password, role, address=address)


def _pool(site: Site, person: Person) -> Pool:
    return site.members if isinstance(person, Client) else site.staff


def _sign_in(token: str) -> str:
    claims = claims_of(token)
    assert claims
    return claims["origin_jti"].replace("-", "")


def _items(site: Site) -> Items:
    return {
        (table, item["pk"]["S"], item["sk"]["S"]): item
        for table in _TABLES
        for item in site.items(getattr(site.tables, table))
    }


def _write(site: Site, written: list[tuple[str, Item]]) -> None:
    puts: list[tuple[str, Mapping[str, Any]]] = []
    for table, item in written:
        name = getattr(site.tables, table)
        if item["pk"]["S"].startswith("DAILY#"):
            _put_unless_there(site, name, item)
        else:
            puts.append((name, {"PutRequest": {"Item": item}}))
    for first in range(0, len(puts), _AT_ONCE):
        requests: dict[str, list[Any]] = {}
        for name, put in puts[first : first + _AT_ONCE]:
            requests.setdefault(name, []).append(put)
        site.behind_the_scenes.batch_write_item(RequestItems=requests)


def _put_unless_there(site: Site, table: str, item: Item) -> None:
    """The secret of the day: what somebody did here before hangs on theirs."""
    try:
        site.behind_the_scenes.put_item(TableName=table, Item=item, ConditionExpression="attribute_not_exists(pk)")
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
