"""The process may die at any call to AWS. What it leaves behind is finished by a repeat, or undone by one sweep."""

from datetime import timedelta
from typing import Any

from tests.support.api import Browser, fresh_key
from tests.support.cast import (
    ALICES_PASSWORD,
    MAYAS_PASSWORD,
    Client,
    StaffMember,
    first_arrival,
    half_registered,
    invite,
    sign_in,
    staff_sign_in,
    wish,
)
from tests.support.crash import CrashPoint
from tests.support.site import Site

NEW = "eleven copper kettles sing"


def after_the_crash(site: Site, browser: Browser) -> Browser:
    """The same browser, served by a new process."""
    site.start()
    return Browser(site.gateway, browser.address, browser.token, dict(browser.jar))


def next_window(site: Site) -> None:
    """Time passes, so that no limit strikes while all crash points are tried one after the other."""
    site.clock.advance(timedelta(hours=1))


def reached(points: list[CrashPoint]) -> int:
    return sum(point.reached for point in points)


def test_a_registration_that_is_repeated_makes_one_person_with_the_same_codes(site: Site) -> None:
    points = []
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        points.append(crash)
        next_window(site)
        browser, key = site.browser(), fresh_key()
        body = wish(browser, ALICES_PASSWORD)
        with crash:
            browser.post("/api/register", body, key=key)

        browser = after_the_crash(site, browser)
        finished = browser.post("/api/register", body, key=key)
        again = browser.post("/api/register", body, key=key)

        assert finished.status == 201, (str(crash), finished.text)
        assert again.json == finished.json, str(crash)
        assert sign_in(browser, body["handle"], ALICES_PASSWORD).status == 200, str(crash)
        assert browser.get("/api/me").json["recovery_codes_left"] == 8, str(crash)
        code = finished.json["recovery_codes"][0]
        recovered = browser.post(
            "/api/auth/recover", {"handle": body["handle"], "recovery_code": code, "new_password": NEW}
        )
        assert recovered.status == 200, str(crash)
        assert len(site.member_usernames()) == number, str(crash)
    assert reached(points) >= 2 * 3

    kinds = [item["pk"]["S"].split("#")[0] for item in site.items(site.tables.people)]
    assert kinds.count("PERSON") == kinds.count("HANDLE") == len(points)
    assert "REGISTRATIONS" not in kinds
    audited = [item["what"]["S"] for item in site.items(site.tables.audit)]
    assert audited.count("Registered") == len(points)


def test_a_registration_that_is_never_repeated_is_gone_after_one_sweep(site: Site) -> None:
    points = []
    for crash in site.crashes.everywhere():
        points.append(crash)
        next_window(site)
        browser = site.browser()
        body = wish(browser, ALICES_PASSWORD)
        with crash:
            answer = browser.post("/api/register", body)

        site.start()
        site.sweep()
        site.clock.advance(timedelta(hours=1, seconds=1))
        site.sweep()

        left = [item["pk"]["S"].split("#")[0] for item in site.items(site.tables.people)]
        done = sign_in(site.browser(), body["handle"], ALICES_PASSWORD).status == 200
        assert ("PERSON" in left, "HANDLE" in left) == (done, done), str(crash)
        assert "REGISTRATIONS" not in left, str(crash)
        assert len(site.member_usernames()) == done, str(crash)
        if done:
            assert crash.operation in {"TransactWriteItems", ""}, str(crash)
            remove_everybody(site)
    assert reached(points) >= 2 * 3
    assert answer.status == 201


def remove_everybody(site: Site) -> None:
    for username in site.member_usernames():
        site.cognito_behind_the_scenes.admin_delete_user(UserPoolId=site.members.id, Username=username)
    for item in site.items(site.tables.people):
        if item["pk"]["S"].startswith(("PERSON#", "HANDLE#")):
            key = {"pk": item["pk"], "sk": item["sk"]}
            site.behind_the_scenes.delete_item(TableName=site.tables.people, Key=key)


def test_a_sweep_that_crashes_is_finished_by_the_next(site: Site) -> None:
    points = []
    for crash in site.crashes.everywhere():
        points.append(crash)
        half_registered(site)
        site.clock.advance(timedelta(hours=1, seconds=1))
        with crash:
            site.sweep()
        site.sweep()

        left = {item["pk"]["S"].split("#")[0] for item in site.items(site.tables.people)}
        assert left.isdisjoint({"PERSON", "HANDLE", "REGISTRATIONS"}), str(crash)
        assert site.member_usernames() == set(), str(crash)
    assert reached(points) >= 2 * 2


def test_a_recovery_that_is_repeated_takes_one_code_and_sets_the_new_password(site: Site, alice: Client) -> None:
    codes, password = list(alice.codes), alice.password
    points = []
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        points.append(crash)
        next_window(site)
        if not codes:
            codes = fresh_codes(site, alice.handle, password)
        browser, key = site.browser(), fresh_key()
        before = len(codes)
        new = f"{NEW} {number}"
        body = {"handle": alice.handle, "recovery_code": codes.pop(), "new_password": new}
        elsewhere = site.browser()
        assert sign_in(elsewhere, alice.handle, password).status == 200
        with crash:
            browser.post("/api/auth/recover", body, key=key)

        browser = after_the_crash(site, browser)
        finished = browser.post("/api/auth/recover", body, key=key)
        again = browser.post("/api/auth/recover", body, key=key)

        assert (finished.status, finished.json) == (200, {"codes_left": before - 1}), (str(crash), finished.text)
        assert again.json == finished.json, str(crash)
        assert elsewhere.get("/api/me").status == 401, str(crash)
        assert sign_in(browser, alice.handle, password).status == 401, str(crash)
        assert sign_in(browser, alice.handle, new).status == 200, str(crash)
        password = new
    assert reached(points) >= 2 * 3


def fresh_codes(site: Site, handle: str, password: str) -> list[str]:
    browser = site.browser()
    sign_in(browser, handle, password)
    made: list[str] = browser.post("/api/auth/recovery-codes", {"password": password}).json["recovery_codes"]
    return made


def test_a_crash_while_recovering_never_lets_an_old_sign_in_live_on_with_a_new_password(
    site: Site, alice: Client
) -> None:
    """Without a repeat, too: either nothing happened, or the old sign-ins are over."""
    password, codes = alice.password, list(alice.codes)
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        next_window(site)
        if not codes:
            codes = fresh_codes(site, alice.handle, password)
        new = f"{NEW} {number}"
        elsewhere = site.browser()
        assert sign_in(elsewhere, alice.handle, password).status == 200
        body = {"handle": alice.handle, "recovery_code": codes.pop(), "new_password": new}
        with crash:
            site.browser().post("/api/auth/recover", body)

        if sign_in(site.browser(), alice.handle, new).status == 200:
            password = new
            assert elsewhere.get("/api/me").status == 401, str(crash)


def test_a_change_of_password_that_is_repeated_leaves_the_new_one_and_this_sign_in(site: Site, alice: Client) -> None:
    password = alice.password
    browser = alice.browser
    points = []
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        points.append(crash)
        next_window(site)
        thief, key = site.browser("192.0.2.99"), fresh_key()
        assert sign_in(thief, alice.handle, password).status == 200
        new = f"{NEW} {number}"
        body = {"current_password": password, "new_password": new}
        with crash:
            browser.post("/api/auth/password", body, key=key)

        browser = after_the_crash(site, browser)
        finished = browser.post("/api/auth/password", body, key=key)

        assert finished.status == 204, (str(crash), finished.text)
        assert browser.post("/api/auth/password", body, key=key).status == 204, str(crash)
        assert browser.get("/api/me").status == 200, str(crash)
        assert thief.get("/api/me").status == 401, str(crash)
        assert sign_in(site.browser(), alice.handle, password).status == 401, str(crash)
        assert sign_in(site.browser(), alice.handle, new).status == 200, str(crash)
        password = new
    assert reached(points) >= 2 * 2


def test_new_codes_that_are_asked_for_again_are_the_ones_that_work(site: Site, alice: Client) -> None:
    browser, password = alice.browser, alice.password
    points = []
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        points.append(crash)
        next_window(site)
        key = fresh_key()
        sign_in(browser, alice.handle, password)
        with crash:
            browser.post("/api/auth/recovery-codes", {"password": password}, key=key)

        browser = after_the_crash(site, browser)
        finished = browser.post("/api/auth/recovery-codes", {"password": password}, key=key)

        assert finished.status == 201, (str(crash), finished.text)
        code = finished.json["recovery_codes"][0]
        new = f"{NEW} {number}"
        recovered = site.browser().post(
            "/api/auth/recover", {"handle": alice.handle, "recovery_code": code, "new_password": new}
        )
        assert (recovered.status, recovered.json) == (200, {"codes_left": 7}), str(crash)
        password = new
    assert reached(points) >= 2 * 2


def test_an_invitation_that_is_repeated_makes_one_person_who_can_come_in(site: Site, ada: StaffMember) -> None:
    points = []
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        points.append(crash)
        email, key = f"eve-{number}@lighthouse.example", fresh_key()
        with crash:
            invite(ada, email, "Eve", "counselor", key=key)

        ada.browser = after_the_crash(site, ada.browser)
        finished = invite(ada, email, "Eve", "counselor", key=key)
        again = invite(ada, email, "Eve", "counselor", key=key)

        assert finished.status == 201, (str(crash), finished.text)
        assert again.json == finished.json, str(crash)
        eve = first_arrival(site.browser(), email, finished.json["one_time_password"], MAYAS_PASSWORD)
        assert eve.id == finished.json["person"]["id"], str(crash)
        assert len(site.staff_usernames()) == 1 + number, str(crash)
    assert reached(points) >= 2 * 2


def test_an_invitation_that_is_never_repeated_can_be_made_good_by_inviting_again(site: Site, ada: StaffMember) -> None:
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        email = f"eve-{number}@lighthouse.example"
        with crash:
            invite(ada, email, "Eve", "counselor")

        ada.browser = after_the_crash(site, ada.browser)
        people: list[dict[str, Any]] = ada.browser.get("/api/staff/people").json["people"]
        eve = next((person for person in people if person["email"] == email), None)
        invitation = (
            ada.browser.post(f"/api/staff/people/{eve['id']}/invitation")
            if eve
            else invite(ada, email, "Eve", "counselor")
        )
        assert invitation.status == 201, (str(crash), invitation.text)
        first_arrival(site.browser(), email, invitation.json["one_time_password"], MAYAS_PASSWORD)


def test_a_new_invitation_that_is_repeated_ends_the_sign_ins_and_lets_them_back_in(
    site: Site, ada: StaffMember, tom: StaffMember
) -> None:
    password = tom.password
    points = []
    for number, crash in enumerate(site.crashes.everywhere(), start=1):
        points.append(crash)
        next_window(site)
        key, browser = fresh_key(), site.browser()
        assert staff_sign_in(browser, tom.email, password).status == 200
        with crash:
            ada.browser.post(f"/api/staff/people/{tom.id}/invitation", key=key)

        ada.browser = after_the_crash(site, ada.browser)
        finished = ada.browser.post(f"/api/staff/people/{tom.id}/invitation", key=key)

        assert finished.status == 201, (str(crash), finished.text)
        assert browser.get("/api/staff/me").status == 401, str(crash)
        password = f"{NEW} {number}"
        first_arrival(site.browser(), tom.email, finished.json["one_time_password"], password)
    assert reached(points) >= 2 * 2


def test_a_suspension_that_is_repeated_holds(site: Site, ada: StaffMember, tom: StaffMember) -> None:
    for crash in site.crashes.everywhere():
        next_window(site)
        browser, key = site.browser(), fresh_key()
        assert staff_sign_in(browser, tom.email, tom.password).status == 200
        path = f"/api/staff/people/{tom.id}"
        with crash:
            ada.browser.patch(path, {"status": "suspended"}, key=key)

        ada.browser = after_the_crash(site, ada.browser)
        assert ada.browser.patch(path, {"status": "suspended"}, key=key).status == 200, str(crash)
        assert browser.get("/api/staff/me").status == 401, str(crash)
        assert staff_sign_in(browser, tom.email, tom.password).status == 401, str(crash)
        assert ada.browser.patch(path, {"status": "active"}).status == 200, str(crash)
