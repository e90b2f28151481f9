"""The cast can arrive: everything else rests on this."""

from tests.support.cast import Client, StaffMember
from tests.support.site import Site


def test_a_client_registers_with_nothing_but_a_password_and_is_signed_in(alice: Client) -> None:
    me = alice.browser.get("/api/me")

    assert me.status == 200
    assert me.json["handle"] == alice.handle
    assert me.json["recovery_codes_left"] == 8
    assert len(alice.codes) == 8


def test_the_staff_arrive_by_invitation_and_see_themselves(
    ada: StaffMember, tom: StaffMember, maya: StaffMember, site: Site
) -> None:
    assert ada.browser.get("/api/staff/me").json["roles"] == ["admin"]
    assert tom.browser.get("/api/staff/me").json["roles"] == ["counselor"]
    assert maya.browser.get("/api/staff/me").json["roles"] == ["facilitator"]
    assert site.staff_usernames() == {ada.id, tom.id, maya.id}
