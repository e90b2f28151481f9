"""The cast can arrive by the real doors: everything else rests on this."""

import pytest

from tests.support import cast
from tests.support.cast import Client, StaffMember
from tests.support.site import Site


def test_a_client_registers_with_nothing_but_a_password_and_is_signed_in(site: Site) -> None:
    alice = cast.register_client(site, cast.ALICES_PASSWORD)
    me = alice.browser.get("/api/me")

    assert me.status == 200
    assert me.json["handle"] == alice.handle
    assert me.json["recovery_codes_left"] == 8
    assert len(alice.codes) == 8


def test_the_staff_arrive_by_invitation_and_see_themselves(site: Site) -> None:
    ada = cast.first_admin(site)
    tom = cast.hire(site, ada, "Tom", cast.TOMS_PASSWORD, "counselor", address="198.51.100.2")

    assert ada.browser.get("/api/staff/me").json["roles"] == ["admin"]
    assert tom.browser.get("/api/staff/me").json["roles"] == ["counselor"]
    assert site.staff_usernames() == {ada.id, tom.id}


@pytest.mark.parametrize("name", ["alice", "ben", "ada", "tom", "maya"])
def test_whoever_is_put_into_a_site_can_do_what_they_could_where_they_came_from(
    name: str, request: pytest.FixtureRequest
) -> None:
    who: Client | StaffMember = request.getfixturevalue(name)
    side = "/api" if isinstance(who, Client) else "/api/staff"

    assert who.browser.get(f"{side}/me").json["id"] == who.id
    assert who.browser.post(f"{side}/auth/refresh", key="").status == 200
    assert who.browser.post(f"{side}/auth/sign-out", key="").status in {200, 204}
    assert who.browser.get(f"{side}/me").status == 401
