"""The staff's way in, and a counselor's first evening: profile, hours, open for clients."""

import re

from playwright.sync_api import Page, expect

from local import cast as demonstration
from tests.e2e.cast import PASSWORD, Cast
from tests.e2e.client import Client
from tests.e2e.colleague import AtWork, code_of_the_authenticator
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

EMAIL = "rosa@example.org"


def test_an_admin_invites_a_counselor_who_opens_for_clients(visits: Visits, cast: Cast, witness: Witness) -> None:
    ada, rosa = AtWork(visits.stranger()), AtWork(visits.stranger(zone="America/Halifax"))
    ada.signs_in_to_work(demonstration.ADA.email, demonstration.PASSWORD)
    ada.sees("Staff")
    one_time_password = ada.invites(EMAIL, "Rosa Ibarra", "Counselor")
    ada.follows("Back to all staff")
    expect(ada.page.get_by_role("listitem").filter(has_text=EMAIL)).to_contain_text("Invited")

    witness.expect(401)
    rosa.signs_in_to_work(EMAIL, "not the right words")
    rosa.is_told_of_a_fault("The e-mail address or the password is not right.")
    rosa.signs_in_to_work(EMAIL, one_time_password)
    rosa.sees("Choose your own password")
    rosa.page.get_by_label("New password").fill("short")
    rosa.presses("Set the password")
    rosa.is_told_of_a_fault("Use at least 12 characters")
    rosa.page.get_by_label("New password").fill(PASSWORD)
    rosa.presses("Set the password")
    rosa.sees("Agenda")
    expect(rosa.page.get_by_role("link", name="Staff", exact=True)).to_have_count(0)

    writes_a_profile(rosa)
    sets_the_week(rosa)

    ada.page.reload()
    expect(ada.page.get_by_role("listitem").filter(has_text=EMAIL)).not_to_contain_text("Invited")
    someone = Client(visits.client(cast.client("Europe/Madrid"), zone="Europe/Madrid"))
    someone.page.goto("/counselors")
    someone.follows("Rosa Ibarra")
    someone.sees("Rosa Ibarra")
    expect(someone.page.get_by_text("I work slowly and kindly.")).to_be_visible()
    expect(someone.page.locator("button.slot").first).to_be_visible()

    rosa.presses("Sign out")
    rosa.page.goto("/staff/profile")
    rosa.sees("Staff sign-in")


def writes_a_profile(rosa: AtWork) -> None:
    """And publishes it, after seeing what clients will see."""
    page = rosa.page
    rosa.follows("Profile")
    rosa.sees("Your profile")
    page.get_by_label("Name that clients see").fill("Rosa Ibarra")
    page.get_by_role("checkbox", name="Show my profile to clients").check()
    rosa.presses("Save")
    rosa.is_told_of_a_fault("Write a few sentences before you publish.")
    page.get_by_label("About you").fill("I work slowly and kindly.")
    page.get_by_label("Add a language").select_option(label="Spanish")
    page.get_by_role("checkbox", name="Video").check()
    page.get_by_role("checkbox", name="Grief and loss").check()
    expect(page.get_by_role("complementary", name="What clients see")).to_contain_text("Speaks: English and Spanish")
    rosa.presses("Save")
    expect(page.get_by_text("Saved. Clients see your profile now.").first).to_be_visible()


def sets_the_week(rosa: AtWork) -> None:
    """Two evenings, in the zone of her device."""
    page = rosa.page
    rosa.follows("Hours")
    rosa.sees("Your hours")
    expect(page.get_by_role("paragraph").filter(has_text="Times are shown in:")).to_contain_text("Halifax")
    for day in ("Monday", "Thursday"):
        rosa.sets_hours(day, "18:00", "21:00")
    rosa.sets_hours("Thursday", "20:00", "22:00", number=2)
    rosa.presses("Save")
    rosa.is_told_of_a_fault("These hours overlap with others of the same day.")
    page.get_by_role("button", name="Remove hours 2 on Thursday").click()
    rosa.presses("Save")
    expect(page.get_by_text("Saved. Clients can book these times").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("group", name="Monday").get_by_label("From")).to_have_value("18:00")


def test_a_second_step_protects_a_sign_in_from_then_on(visits: Visits, cast: Cast, witness: Witness) -> None:
    lena = cast.counselor("Lena Okafor", "Europe/London", weekly=[])
    at_work = AtWork(visits.colleague(lena))
    page = at_work.page
    page.goto("/staff/account")
    at_work.follows("Add an authenticator")
    at_work.presses("Set up an authenticator app")
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    key = page.locator("code.secret").inner_text()

    witness.expect(422)
    page.get_by_label("Six-digit code").fill("12 34")
    at_work.presses("Confirm the code")
    at_work.is_told_of_a_fault("Enter the six digits that the app shows now.")
    page.get_by_label("Six-digit code").fill(code_of_the_authenticator(key))
    at_work.presses("Confirm the code")
    expect(page.get_by_text("From now on you sign in with your password and a code.")).to_be_visible()
    at_work.presses("Sign out")
    at_work.sees("You are signed out.")

    at_work.signs_in_to_work(lena.email, lena.password)
    at_work.sees("Enter your six-digit code")
    page.get_by_label("Six-digit code").fill(code_of_the_authenticator(key))
    at_work.presses("Sign in")
    at_work.sees("Agenda")


def test_a_suspended_colleague_is_signed_out_and_not_let_in(visits: Visits, cast: Cast, witness: Witness) -> None:
    paul = cast.counselor("Paul Ferrer", "Europe/London")
    at_work = AtWork(visits.colleague(paul))
    at_work.page.goto("/staff/agenda")
    at_work.sees("Agenda")

    ada = AtWork(visits.stranger())
    ada.signs_in_to_work(demonstration.ADA.email, demonstration.PASSWORD)
    ada.sees("Staff")
    ada.page.get_by_role("link", name=re.compile("Paul Ferrer")).click()
    ada.presses("Suspend")
    ada.page.get_by_role("dialog").get_by_role("button", name="Suspend").click()
    expect(ada.page.get_by_role("button", name="Restore")).to_be_visible()

    witness.expect(401)
    at_work.page.reload()
    at_work.sees("Staff sign-in")
    at_work.signs_in_to_work(paul.email, paul.password)
    at_work.is_told_of_a_fault("The e-mail address or the password is not right.")
    assert names_of_counselors(visits, cast).count("Paul Ferrer") == 0


def names_of_counselors(visits: Visits, cast: Cast) -> list[str]:
    """Whom a client finds."""
    page: Page = visits.client(cast.client("Europe/London"))
    page.goto("/counselors")
    expect(page.get_by_role("heading", name=re.compile("counselor"), level=2)).to_be_visible()
    return page.get_by_role("heading", level=3).all_inner_texts()
