"""A client's account: made, left, entered again, looked after."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.cast import PASSWORD, Cast
from tests.e2e.client import Client
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

NEW_PASSWORD = "eleven slow ferries"


def test_someone_registers_with_a_password_alone_stays_signed_in_and_comes_back(sam: Page, witness: Witness) -> None:
    someone = Client(sam)
    member = someone.registers(PASSWORD)
    assert len(set(member.codes)) == 8
    expect(sam.get_by_role("link", name="My appointments")).to_be_visible()

    sam.reload()
    someone.sees("Find a counselor")

    # What the header asks for meanwhile would be refused.
    sam.wait_for_load_state("networkidle")
    someone.presses("Sign out")
    expect(sam.get_by_role("status")).to_have_text("You are signed out.")
    sam.goto("/account")
    someone.sees("Sign in")

    witness.expect(401)
    someone.signs_in(member.handle, "not the right words")
    someone.is_told_of_a_fault("The name or the password is not right.")
    expect(sam.get_by_label("Your name here")).to_have_value(member.handle)

    sam.get_by_label("Password", exact=True).fill(PASSWORD)
    someone.presses("Sign in")
    someone.sees("Find a counselor")


def test_whoever_is_asked_to_sign_in_lands_where_they_wanted_to_go(visits: Visits, cast: Cast) -> None:
    member = cast.client("Europe/London")
    someone = Client(visits.stranger())
    someone.page.goto("/account")
    someone.sees("Sign in")
    someone.page.get_by_label("Your name here").fill(member.handle.upper())
    someone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    someone.presses("Sign in")

    someone.sees("Your account")
    expect(someone.page.get_by_text(member.handle)).to_be_visible()


def test_a_password_that_is_short_or_known_is_refused_with_a_reason(sam: Page, witness: Witness) -> None:
    someone = Client(sam)
    sam.goto("/register")
    password = sam.get_by_label("Password", exact=True)
    password.fill("tooshort")
    someone.presses("Continue")
    someone.is_told_of_a_fault("Use at least 12 characters")

    witness.expect(422)
    password.fill("passwordpassword")
    someone.presses("Continue")
    sam.get_by_role("radio").first.check()
    someone.presses("Create the account")
    someone.is_told_of_a_fault("This password is on lists of known passwords")
    expect(password).to_be_editable()


def test_the_codes_can_be_kept_as_a_file_that_does_not_say_what_it_is_for(sam: Page, tmp_path: Path) -> None:
    someone = Client(sam)
    sam.goto("/register")
    sam.get_by_label("Password", exact=True).fill(PASSWORD)
    someone.presses("Continue")
    sam.get_by_role("radio").first.check()
    handle = sam.get_by_role("radio").first.get_attribute("value")
    someone.presses("Create the account")
    someone.sees("Save your recovery codes")
    codes = sam.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()

    with sam.expect_download() as download:
        someone.presses("Download the codes")
    download.value.save_as(tmp_path / "kept")
    assert (tmp_path / "kept").read_text().split() == [handle, *codes]
    assert "hearthline" not in download.value.suggested_filename.lower()

    someone.presses("Continue")
    someone.is_told_of_a_fault("Save the codes first, then tick the box.")
    someone.follows("Hearthline, start page")
    someone.presses("Stay here")
    someone.sees("Save your recovery codes")


def test_a_recovery_code_lets_someone_back_in_once_and_ends_every_other_sign_in(
    visits: Visits, witness: Witness
) -> None:
    elsewhere, here = Client(visits.stranger()), Client(visits.stranger())
    member = elsewhere.registers(PASSWORD)

    here.recovers(member.handle, member.codes[3], NEW_PASSWORD)
    here.sees("You are signed in again")
    expect(here.page.get_by_text("You have 7 recovery codes left.")).to_be_visible()
    here.follows("Continue")
    here.sees("My appointments")

    witness.expect(401)
    elsewhere.page.reload()
    elsewhere.sees("Sign in")
    elsewhere.signs_in(member.handle, PASSWORD)
    elsewhere.is_told_of_a_fault("The name or the password is not right.")

    elsewhere.recovers(member.handle, member.codes[3], "one more password here")
    elsewhere.is_told_of_a_fault("Each code works only once.")
    elsewhere.signs_in(member.handle, NEW_PASSWORD)
    elsewhere.sees("Find a counselor")


def test_a_new_password_ends_the_other_sign_ins_and_signing_out_everywhere_ends_all(
    visits: Visits, cast: Cast, witness: Witness
) -> None:
    member = cast.client("Europe/London")
    here, elsewhere = Client(visits.client(member)), Client(visits.client(member))
    elsewhere.page.goto("/account")
    elsewhere.sees("Your account")

    witness.expect(401, 422)
    here.page.goto("/account")
    here.follows("Change password")
    here.page.get_by_label("Current password").fill("not the right words")
    here.page.get_by_label("New password").fill(NEW_PASSWORD)
    here.presses("Change password")
    here.is_told_of_a_fault("This is not your current password.")
    here.page.get_by_label("Current password").fill(PASSWORD)
    here.presses("Change password")
    expect(here.page.get_by_text("Your password is changed.")).to_be_visible()
    here.page.reload()
    here.sees("Change your password")

    elsewhere.page.reload()
    elsewhere.sees("Sign in")
    elsewhere.signs_in(member.handle, NEW_PASSWORD)
    elsewhere.sees("Find a counselor")

    here.page.goto("/account")
    here.presses("Sign out everywhere")
    here.page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    expect(here.page.get_by_role("link", name="Create an account").first).to_be_visible()
    for client in (here, elsewhere):
        client.page.goto("/account")
        client.sees("Sign in")


def test_new_codes_replace_the_old_ones(visits: Visits, cast: Cast) -> None:
    member = cast.client("Europe/London")
    someone = Client(visits.client(member))
    someone.page.goto("/account")
    someone.follows("Make new codes")
    someone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    someone.presses("Make new codes")
    codes = someone.page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(8)
    someone.page.get_by_role("checkbox", name="I have saved them").check()
    someone.presses("Continue to your account")
    someone.sees("Your account")
    expect(someone.page.get_by_text("8 left")).to_be_visible()
