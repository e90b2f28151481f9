import pytest

from functions.cookies import RefreshCookie
from shared.errors import SignInRequired

COOKIE = RefreshCookie("hearthline-member", "/api/auth")


def test_the_refresh_cookie_is_out_of_reach_of_scripts_and_other_sites_and_paths_for_thirty_days() -> None:
    (text,) = COOKIE.holding("a.b.c.d")

    name, *attributes = text.split("; ")
    assert name == "hearthline-member=a.b.c.d"
    assert set(attributes) == {"Max-Age=2592000", "Path=/api/auth", "HttpOnly", "Secure", "SameSite=Strict"}


def test_removing_it_names_the_same_place_or_the_browser_would_keep_it() -> None:
    (text,) = COOKIE.cleared()

    assert set(text.split("; ")) == {
        "hearthline-member=",
        "Max-Age=0",
        "Path=/api/auth",
        "HttpOnly",
        "Secure",
        "SameSite=Strict",
    }


@pytest.mark.parametrize("cookies", [{}, {"hearthline-member": ""}, {"hearthline-staff": "a.b.c.d"}])
def test_without_it_signing_in_is_required(cookies: dict[str, str]) -> None:
    with pytest.raises(SignInRequired):
        COOKIE.read(cookies)
