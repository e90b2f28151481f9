"""Which addresses are fetched, and which IP addresses are of the public internet."""

import pytest

from shared.appointments.busy.addresses import Address, is_public, shortened
from shared.appointments.busy.trouble import CannotRead

GOOGLE = "https://calendar.google.com/calendar/ical/tom%40example.org/private-0f4e6a52/basic.ics"


def test_what_calendars_hand_out_is_taken() -> None:
    assert Address.of(GOOGLE) == Address(
        "calendar.google.com", "/calendar/ical/tom%40example.org/private-0f4e6a52/basic.ics"
    )
    assert Address.of("webcal://p52-caldav.icloud.com/published/2/MTIz") == Address(
        "p52-caldav.icloud.com", "/published/2/MTIz"
    )
    assert Address.of("https://Outlook.office365.com:443/owa/calendar.ics?a=1&b=2#top") == Address(
        "outlook.office365.com", "/owa/calendar.ics?a=1&b=2"
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "calendar.google.com/basic.ics",
        "http://calendar.google.com/basic.ics",
        "ftp://calendar.google.com/basic.ics",
        "file:///etc/passwd",
        "https://",
        "https:///basic.ics",
        "https://localhost/",
        "https://localhost./",
        "https://calendar/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://1.2.3.0x4/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://tom:secret@calendar.example/",
        "https://tom@calendar.example/",
        "https://calendar.example\\@127.0.0.1/",
        "https://calendar.example:8443/",
        "https://calendar.example:99999/",
        "https://calendar.example:x/",
        "https://calendar.example/a b",
        "https://calendar.example/\r\nHost: other.example",
        "https://cal\tendar.example/",
        "https://calendär.example/",
        "https://-calendar.example/",
        "https://calendar..example/",
        "https://calendar.example/" + "a" * 2000,
    ],
)
def test_anything_else_is_not(address: str) -> None:
    with pytest.raises(CannotRead):
        Address.of(address)


def test_it_is_shown_so_far_as_to_tell_it_apart() -> None:
    assert shortened(GOOGLE) == "calendar.google.com ….ics"
    assert shortened("https://calendar.example/feed?key=0f4e6a52") == "calendar.example …6a52"


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_these_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - nobody binds to it here
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "192.168.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:2800:21f:cb07::1%eth0",
        "ff02::1",
        "no address",
    ],
)
def test_these_are_not(address: str) -> None:
    assert not is_public(address)
