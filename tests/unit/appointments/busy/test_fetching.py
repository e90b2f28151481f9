"""Fetching a calendar: from a real server over TLS, however it behaves."""

import gzip
import time
from collections.abc import Iterator

import pytest

from shared.appointments.busy.fetching import Fetcher
from shared.appointments.busy.trouble import CannotRead, Trouble
from tests.support.calendar_server import HOST, MOVED, PUBLIC, Internet, Say, answer, internet, redirect

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
ADDRESS = f"https://{HOST}/private/basic.ics?key=0f4e6a52"


@pytest.fixture
def net() -> Iterator[Internet]:
    """A server of its own."""
    with internet() as made:
        yield made


def trouble(net: Internet, address: str = ADDRESS, fetcher: Fetcher | None = None) -> Trouble:
    """Why it could not be fetched."""
    with pytest.raises(CannotRead) as cannot:
        (fetcher or net.fetcher()).fetch(address)
    return cannot.value.trouble


def says(net: Internet, *answers: bytes) -> None:
    """The server gives one answer after the other, then the last one over again."""
    left = list(answers)
    net.script = lambda _target, say: say(left.pop(0) if len(left) > 1 else left[0])


def test_a_calendar_is_fetched_and_the_request_tells_nothing_of_us(net: Internet) -> None:
    says(net, answer(CALENDAR))

    assert net.fetcher().fetch(ADDRESS) == CALENDAR

    (request,) = net.requests
    assert request.split("\r\n") == [
        "GET /private/basic.ics?key=0f4e6a52 HTTP/1.1",
        f"Host: {HOST}",
        "Accept: text/calendar",
        "Accept-Encoding: identity",
        "",
        "",
    ]


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream", ""])
def test_a_calendar_is_known_by_its_first_line_whatever_the_server_calls_it(net: Internet, content_type: str) -> None:
    says(net, answer(b"\xef\xbb\xbf" + CALENDAR, content_type=content_type))

    assert net.fetcher().fetch(ADDRESS).endswith(CALENDAR)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00:ec2::254"],
        ["::ffff:10.0.0.1"],
        [PUBLIC, "192.168.0.1"],
        ["fe80::1%2"],
    ],
)
def test_a_name_that_leads_to_any_place_that_is_not_public_is_not_even_connected_to(
    net: Internet, addresses: list[str]
) -> None:
    net.names[HOST] = addresses

    assert trouble(net) is Trouble.NOT_ALLOWED
    assert net.connected == []


def test_what_was_checked_is_what_is_connected_to(net: Internet) -> None:
    says(net, answer(CALENDAR))
    rebinding = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    fetcher = net.fetcher()
    asked_again = Fetcher(lambda _host: next(rebinding), fetcher.connect, fetcher.trust)

    assert asked_again.fetch(ADDRESS) == CALENDAR
    assert net.connected == [(PUBLIC, 443)]


def test_redirects_are_followed_three_times(net: Internet) -> None:
    says(net, redirect(f"https://{MOVED}/a"), redirect("/b", "301 Moved"), redirect("c", "307 Again"), answer(CALENDAR))

    assert net.fetcher().fetch(ADDRESS) == CALENDAR
    assert net.asked[1:] == ["/a", "/b", "/c"]
    assert net.looked_up == [HOST, MOVED, MOVED, MOVED]


@pytest.mark.parametrize(
    "location",
    [
        "http://calendar.example/basic.ics",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://calendar.example:8080/",
        "https://tom:secret@calendar.example/",
        "https://inside.example/",
        "file:///etc/passwd",
        "//[::1]/",
    ],
)
def test_a_redirect_leads_no_further_than_the_address_itself_may(net: Internet, location: str) -> None:
    net.names["inside.example"] = ["10.0.0.1"]
    says(net, redirect(location), answer(CALENDAR))

    assert trouble(net) is Trouble.NOT_ALLOWED
    assert len(net.connected) == 1


def test_redirects_without_end_have_one(net: Internet) -> None:
    says(net, redirect("/again"))

    assert trouble(net) is Trouble.NOT_ALLOWED
    assert len(net.asked) == 4


def test_a_server_that_is_another_than_its_name_says_is_not_trusted(net: Internet) -> None:
    net.names["other.example"] = [PUBLIC]
    says(net, answer(CALENDAR))

    assert trouble(net, "https://other.example/basic.ics") is Trouble.UNREACHABLE
    assert net.asked == []


def test_a_certificate_of_nobody_we_know_is_not_trusted(net: Internet) -> None:
    fetcher = net.fetcher()

    assert trouble(net, fetcher=Fetcher(fetcher.resolve, fetcher.connect)) is Trouble.UNREACHABLE
    assert net.asked == []


def test_a_name_that_nobody_has_is_not_reached(net: Internet) -> None:
    assert trouble(net, "https://nobody.example/basic.ics") is Trouble.UNREACHABLE


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("404 Not Found", Trouble.GONE),
        ("403 Forbidden", Trouble.GONE),
        ("410 Gone", Trouble.GONE),
        ("500 Oh", Trouble.UNREACHABLE),
        ("204 No Content", Trouble.UNREACHABLE),
    ],
)
def test_an_answer_that_is_none_says_why(net: Internet, status: str, expected: Trouble) -> None:
    says(net, answer(b"", status=status))

    assert trouble(net) is expected


@pytest.mark.parametrize(
    "said",
    [
        answer(b"<html>Sign in</html>", content_type="text/html"),
        answer(bytes(range(256)) * 100, content_type="application/octet-stream"),
        answer(gzip.compress(CALENDAR), "Content-Encoding: gzip"),
    ],
)
def test_what_is_no_calendar_is_not_taken(net: Internet, said: bytes) -> None:
    says(net, said)

    assert trouble(net) is Trouble.NOT_A_CALENDAR


@pytest.mark.parametrize("said", [b"", b"\x00\xff\xfe" * 50, b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"])
def test_what_is_no_http_is_not_taken(net: Internet, said: bytes) -> None:
    says(net, said)

    assert trouble(net) in {Trouble.UNREACHABLE, Trouble.NOT_A_CALENDAR}


def test_a_calendar_cut_off_in_the_middle_is_not_taken(net: Internet) -> None:
    says(net, answer(CALENDAR)[:-10])

    assert trouble(net) is Trouble.UNREACHABLE


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n", b"HTTP/1.1 200 OK\r\n"])
def test_more_than_a_megabyte_is_not_read(net: Internet, head: bytes) -> None:
    sent = 0

    def without_end(_target: str, say: Say) -> None:
        nonlocal sent
        say(head)
        while True:
            say(b"X-More: and more\r\n" * 1000)
            sent += 18_000

    net.script = without_end

    assert trouble(net, fetcher=net.fetcher(most_bytes=100_000)) in {Trouble.TOO_LARGE, Trouble.UNREACHABLE}
    assert sent < 20_000_000


@pytest.mark.parametrize("pause", [10, 0.05])
def test_ten_seconds_are_for_all_of_it_however_it_drips(net: Internet, pause: float) -> None:
    def drips(_target: str, say: Say) -> None:
        for byte in answer(CALENDAR * 100):
            say(bytes([byte]))
            time.sleep(pause)

    net.script = drips
    begun = time.monotonic()

    assert trouble(net, fetcher=net.fetcher(seconds=0.5)) is Trouble.TOO_SLOW
    assert time.monotonic() - begun < 3


def test_time_and_bytes_are_counted_across_redirects(net: Internet) -> None:
    def slowly_on(_target: str, say: Say) -> None:
        time.sleep(0.2)
        say(redirect("/on"))

    net.script = slowly_on

    assert trouble(net, fetcher=net.fetcher(seconds=0.5)) is Trouble.TOO_SLOW
