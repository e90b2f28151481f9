"""What admins do with the staff: see them, invite them, change what they may do, suspend them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support import totp
from tests.support.api import Answer, fresh_key
from tests.support.cast import (
    ADAS_PASSWORD,
    MAYAS_PASSWORD,
    StaffMember,
    first_arrival,
    hire,
    invite,
    staff_sign_in,
)
from tests.support.clock import VirtualClock
from tests.support.site import Site

EMAIL = "eve@lighthouse.example"
NOBODY = "0" * 32


def change(by: StaffMember, person_id: str, key: str | None = None, **what: Any) -> Answer:
    return by.browser.patch(f"/api/staff/people/{person_id}", what, key=key)


def invite_again(by: StaffMember, person_id: str, key: str | None = None) -> Answer:
    return by.browser.post(f"/api/staff/people/{person_id}/invitation", key=key)


def test_admins_see_everybody_by_name(ada: StaffMember, tom: StaffMember, maya: StaffMember) -> None:
    invite(ada, EMAIL, "Eve", "counselor", "facilitator")

    people = ada.browser.get("/api/staff/people").json["people"]

    assert [(person["name"].split("-")[0], person["status"]) for person in people] == [
        ("ada", "active"),
        ("Eve", "invited"),
        ("Maya", "active"),
        ("Tom", "active"),
    ]
    assert people[1]["roles"] == ["counselor", "facilitator"]


def test_an_address_of_mail_can_be_invited_once_in_whatever_case(ada: StaffMember, site: Site) -> None:
    assert invite(ada, EMAIL, "Eve", "counselor").status == 201

    again = invite(ada, EMAIL.upper(), "Eva", "admin")

    assert (again.status, again.code, again.field) == (409, "email_taken", "body.email")
    assert len(site.staff_usernames()) == 2


def test_the_same_invitation_twice_is_one_with_the_same_password(ada: StaffMember, site: Site) -> None:
    key = fresh_key()
    first = invite(ada, EMAIL, "Eve", "counselor", key=key)
    site.start()
    again = invite(ada, EMAIL, "Eve", "counselor", key=key)

    assert again.json == first.json
    assert len(site.staff_usernames()) == 2
    first_arrival(site.browser(), EMAIL, again.json["one_time_password"], MAYAS_PASSWORD)


def test_past_midnight_too(ada: StaffMember, site: Site, clock: VirtualClock) -> None:
    clock.advance(timedelta(hours=11, minutes=59))
    key = fresh_key()
    first = invite(ada, EMAIL, "Eve", "counselor", key=key)
    clock.advance(timedelta(minutes=2))

    again = invite(ada, EMAIL, "Eve", "counselor", key=key)

    assert again.json == first.json
    first_arrival(site.browser(), EMAIL, first.json["one_time_password"], MAYAS_PASSWORD)


def test_a_late_repeat_does_not_take_the_password_from_somebody_who_has_arrived(ada: StaffMember, site: Site) -> None:
    key = fresh_key()
    invitation = invite(ada, EMAIL, "Eve", "counselor", key=key)
    eve = first_arrival(site.browser(), EMAIL, invitation.json["one_time_password"], MAYAS_PASSWORD)

    assert invite(ada, EMAIL, "Eve", "counselor", key=key).status == 201

    assert eve.browser.get("/api/staff/me").status == 200
    assert "access_token" in staff_sign_in(site.browser(), EMAIL, MAYAS_PASSWORD).json


def test_the_same_key_for_somebody_else_is_refused(ada: StaffMember, site: Site) -> None:
    key = fresh_key()
    invite(ada, EMAIL, "Eve", "counselor", key=key)

    refused = invite(ada, "kim@lighthouse.example", "Kim", "counselor", key=key)

    assert (refused.status, refused.code) == (422, "idempotency_key_reused")
    assert len(site.staff_usernames()) == 2


WRONG_INVITATIONS: list[Any] = [
    ({"email": "eve"}, "body.email"),
    ({"email": "eve@lighthouse"}, "body.email"),
    ({"email": "eve @lighthouse.example"}, "body.email"),
    ({"email": "eve..lou@lighthouse.example"}, "body.email"),
    ({"email": '"eve lou"@lighthouse.example'}, "body.email"),
    ({"email": "ève@lighthouse.example"}, "body.email"),
    ({"email": "eve@light house.example"}, "body.email"),
    ({"email": "eve@lighthouse..example"}, "body.email"),
    ({"email": "eve@-lighthouse.example"}, "body.email"),
    ({"email": "eve@lighthouse.example\nBcc: all@lighthouse.example"}, "body.email"),
    ({"email": None}, "body.email"),
    ({"name": "  "}, "body.name"),
    ({"name": "x" * 81}, "body.name"),
    ({"roles": []}, "body.roles"),
    ({"roles": "counselor"}, "body.roles"),
    ({"language": "English"}, "body.language"),
    ({"status": "active"}, "body.status"),
    ({"password": MAYAS_PASSWORD}, "body.password"),
]


def test_an_invitation_that_cannot_be_right_is_refused_by_field(ada: StaffMember, site: Site) -> None:
    for changed, field in WRONG_INVITATIONS:
        body = {"email": EMAIL, "name": "Eve", "roles": ["counselor"], "language": "en", **changed}

        refused = ada.browser.post("/api/staff/people", body)

        assert (refused.status, refused.field) == (422, field)
        assert len(site.staff_usernames()) == 1


@pytest.mark.parametrize(
    "email", ["eve.lou+care@mail.lighthouse.example", "o'neil_7@xn--nxasmq6b.example", " Eve@Lighthouse.Example "]
)
def test_addresses_that_people_have_are_accepted(ada: StaffMember, site: Site, email: str) -> None:
    invitation = invite(ada, email, "Eve", "counselor")

    assert invitation.status == 201
    assert invitation.json["person"]["email"] == email.strip().lower()
    first_arrival(site.browser(), email, invitation.json["one_time_password"], MAYAS_PASSWORD)


def test_roles_that_do_not_exist_are_refused(ada: StaffMember) -> None:
    refused = invite(ada, EMAIL, "Eve", "counselor", "owner")

    assert refused.status == 422
    assert refused.field.startswith("body.roles")


def test_somebody_who_lost_the_invitation_gets_a_new_one(ada: StaffMember, site: Site) -> None:
    first = invite(ada, EMAIL, "Eve", "counselor").json

    again = invite_again(ada, first["person"]["id"])

    assert again.status == 201
    assert again.json["person"]["email"] == EMAIL
    assert again.json["one_time_password"] != first["one_time_password"]
    assert staff_sign_in(site.browser(), EMAIL, first["one_time_password"]).status == 401
    first_arrival(site.browser(), EMAIL, again.json["one_time_password"], MAYAS_PASSWORD)


def test_somebody_who_lost_the_phone_with_the_authenticator_gets_back_in(
    ada: StaffMember, tom: StaffMember, site: Site
) -> None:
    secret = tom.browser.post("/api/staff/auth/totp").json["secret"]
    assert tom.browser.put("/api/staff/auth/totp", {"code": totp.now(secret)}).status == 204

    again = invite_again(ada, tom.id).json

    assert again["person"]["second_factor"] is False
    back = first_arrival(site.browser(), tom.email, again["one_time_password"], MAYAS_PASSWORD)
    assert back.id == tom.id


def test_somebody_who_lost_the_password_gets_a_new_one_and_every_sign_in_ends(
    ada: StaffMember, tom: StaffMember, site: Site
) -> None:
    again = invite_again(ada, tom.id).json

    assert tom.browser.get("/api/staff/me").status == 401
    assert tom.browser.post("/api/staff/auth/refresh", key="").status == 401
    assert staff_sign_in(site.browser(), tom.email, tom.password).status == 401
    back = first_arrival(site.browser(), tom.email, again["one_time_password"], MAYAS_PASSWORD)
    assert back.id == tom.id


def test_the_same_new_invitation_twice_is_one(ada: StaffMember, tom: StaffMember, site: Site) -> None:
    key = fresh_key()
    first = invite_again(ada, tom.id, key)
    audited = len(site.items(site.tables.audit))

    again = invite_again(ada, tom.id, key)

    assert again.json == first.json
    assert len(site.items(site.tables.audit)) == audited


def test_a_late_repeat_of_a_new_invitation_ends_nothing_and_takes_no_password(
    ada: StaffMember, tom: StaffMember, site: Site
) -> None:
    key = fresh_key()
    first = invite_again(ada, tom.id, key).json
    back = first_arrival(site.browser(), tom.email, first["one_time_password"], MAYAS_PASSWORD)

    assert invite_again(ada, tom.id, key).status == 201

    assert back.browser.get("/api/staff/me").status == 200
    assert "access_token" in staff_sign_in(site.browser(), tom.email, MAYAS_PASSWORD).json


def test_the_key_of_one_new_invitation_is_not_good_for_another(
    ada: StaffMember, tom: StaffMember, maya: StaffMember
) -> None:
    key = fresh_key()
    invite_again(ada, tom.id, key)

    refused = invite_again(ada, maya.id, key)

    assert (refused.status, refused.code) == (422, "idempotency_key_reused")
    assert maya.browser.get("/api/staff/me").status == 200


def test_roles_change_at_once(ada: StaffMember, tom: StaffMember) -> None:
    assert tom.browser.get("/api/staff/people").status == 403

    changed = change(ada, tom.id, roles=["counselor", "admin"])

    assert changed.json["roles"] == ["admin", "counselor"]
    assert tom.browser.get("/api/staff/people").status == 200
    change(ada, tom.id, roles=["counselor"])
    assert tom.browser.get("/api/staff/people").status == 403


def test_the_suspended_are_out_at_once_and_cannot_come_back_in(ada: StaffMember, tom: StaffMember, site: Site) -> None:
    assert change(ada, tom.id, status="suspended").json["status"] == "suspended"

    assert tom.browser.get("/api/staff/me").status == 401
    assert tom.browser.post("/api/staff/auth/refresh", key="").status == 401
    refused = staff_sign_in(site.browser(), tom.email, tom.password)
    assert (refused.status, refused.code) == (401, "wrong_credentials")


def test_the_restored_can_sign_in_again(ada: StaffMember, tom: StaffMember, site: Site) -> None:
    change(ada, tom.id, status="suspended")
    assert change(ada, tom.id, status="active").json["status"] == "active"

    assert "access_token" in staff_sign_in(site.browser(), tom.email, tom.password).json


def test_suspending_ends_sign_ins_for_good_restoring_does_not_bring_them_back(
    ada: StaffMember, tom: StaffMember
) -> None:
    change(ada, tom.id, status="suspended")
    change(ada, tom.id, status="active")

    assert tom.browser.get("/api/staff/me").status == 401
    assert tom.browser.post("/api/staff/auth/refresh", key="").status == 401


def test_changing_roles_of_the_suspended_does_not_restore_them(ada: StaffMember, tom: StaffMember, site: Site) -> None:
    change(ada, tom.id, status="suspended")

    assert change(ada, tom.id, roles=["facilitator"]).json["status"] == "suspended"
    assert staff_sign_in(site.browser(), tom.email, tom.password).status == 401


def test_a_repeated_change_does_not_undo_a_later_one(ada: StaffMember, tom: StaffMember) -> None:
    key = fresh_key()
    first = change(ada, tom.id, key, roles=["admin"])
    change(ada, tom.id, roles=["counselor"])

    assert change(ada, tom.id, key, roles=["admin"]).json == first.json
    assert tom.browser.get("/api/staff/me").json["roles"] == ["counselor"]


def test_the_invited_cannot_be_made_active_by_an_admin(ada: StaffMember, site: Site) -> None:
    invited = invite(ada, EMAIL, "Eve", "counselor").json["person"]["id"]

    refused = change(ada, invited, status="active")

    assert (refused.status, refused.field) == (422, "body.status")


def test_an_invitation_can_be_withdrawn_by_suspending(ada: StaffMember, site: Site) -> None:
    invitation = invite(ada, EMAIL, "Eve", "counselor").json

    assert change(ada, invitation["person"]["id"], status="suspended").status == 200

    assert staff_sign_in(site.browser(), EMAIL, invitation["one_time_password"]).status == 401


@pytest.mark.parametrize("what", [{"roles": ["counselor"]}, {"status": "suspended"}])
def test_nobody_can_lock_themselves_out(ada: StaffMember, what: dict[str, Any]) -> None:
    refused = change(ada, ada.id, **what)

    assert (refused.status, refused.field) == (422, "path.person_id")
    assert ada.browser.get("/api/staff/people").status == 200


def test_one_may_take_on_more_roles_oneself(ada: StaffMember) -> None:
    assert change(ada, ada.id, roles=["admin", "counselor"]).json["roles"] == ["admin", "counselor"]


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"roles": []}, "body.roles"),
        ({"roles": None, "status": "invited"}, "body.status"),
        ({"status": "pending"}, "body.status"),
        ({"email": "other@lighthouse.example"}, "body.email"),
        ({"name": "Thomas"}, "body.name"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_field(
    ada: StaffMember, tom: StaffMember, what: dict[str, Any], field: str
) -> None:
    refused = change(ada, tom.id, **what)

    assert (refused.status, refused.field) == (422, field)


@pytest.mark.parametrize("person_id", [NOBODY, "x", "x" * 3000, "%00", "..", "PERSON"])
def test_somebody_who_is_not_there_is_not_found(ada: StaffMember, person_id: str) -> None:
    assert change(ada, person_id, roles=["admin"]).status == 404
    assert invite_again(ada, person_id).status == 404


def test_a_client_is_not_among_the_staff(ada: StaffMember, alice: Any) -> None:
    assert change(ada, alice.id, roles=["admin"]).status == 404
    assert invite_again(ada, alice.id).status == 404
    assert alice.browser.get("/api/me").status == 200


def test_what_is_for_admins_is_for_nobody_else(tom: StaffMember, maya: StaffMember, ada: StaffMember) -> None:
    for colleague in (tom, maya):
        answers = [
            colleague.browser.get("/api/staff/people"),
            invite(colleague, EMAIL, "Eve", "admin"),
            invite_again(colleague, ada.id),
            change(colleague, colleague.id, roles=["admin"]),
            change(colleague, NOBODY, roles=["admin"]),
        ]
        assert [(answer.status, answer.code) for answer in answers] == [(403, "not_allowed")] * 5


def test_a_second_admin_can_do_without_the_first(ada: StaffMember, site: Site) -> None:
    eve = hire(site, ada, "Eve", MAYAS_PASSWORD, "admin", address="198.51.100.9")

    assert change(eve, ada.id, status="suspended").status == 200

    assert ada.browser.get("/api/staff/people").status == 401
    assert staff_sign_in(site.browser(), ada.email, ADAS_PASSWORD).status == 401


def test_everything_admins_do_is_audited_with_who_did_it(ada: StaffMember, tom: StaffMember, site: Site) -> None:
    change(ada, tom.id, roles=["facilitator"])
    invite_again(ada, tom.id)

    about_tom = [item for item in site.items(site.tables.audit) if item["pk"]["S"] == f"PERSON#{tom.id}"]
    assert sorted((item["what"]["S"], item["by"]["S"]) for item in about_tom) == sorted(
        [("Invited", ada.id), ("Arrived", tom.id), ("StaffChanged", ada.id), ("InvitedAgain", ada.id)]
    )


def test_staff_change_their_own_name_zone_and_language_and_nothing_else(tom: StaffMember) -> None:
    changed = tom.browser.patch("/api/staff/me", {"name": "Thomas", "zone": "Europe/Lisbon", "language": "es"})
    assert (changed.json["name"], changed.json["zone"], changed.json["language"]) == ("Thomas", "Europe/Lisbon", "es")

    for what in ({"roles": ["admin"]}, {"status": "active"}, {"email": EMAIL}, {"zone": "Mars/Base"}, {"name": " "}):
        assert tom.browser.patch("/api/staff/me", what).status == 422
    assert tom.browser.get("/api/staff/me").json == changed.json


def test_staff_change_their_password_as_clients_do(tom: StaffMember, site: Site) -> None:
    elsewhere = site.browser()
    staff_sign_in(elsewhere, tom.email, tom.password)
    body = {"current_password": tom.password, "new_password": MAYAS_PASSWORD}

    assert tom.browser.post("/api/staff/auth/password", body).status == 204

    assert elsewhere.get("/api/staff/me").status == 401
    assert tom.browser.get("/api/staff/me").status == 200
    assert staff_sign_in(site.browser(), tom.email, tom.password).status == 401
    assert "access_token" in staff_sign_in(site.browser(), tom.email, MAYAS_PASSWORD).json
