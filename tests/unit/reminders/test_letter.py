"""A mail, read back as mail programs read it."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from shared.reminders.letter import Letter, from_line, written
from shared.reminders.letter_words import letter_words

NOW = datetime(2027, 3, 4, 9, tzinfo=UTC)
SITE = "https://d111111abcdef8.cloudfront.net"
TOKEN = "0123456789abcdef" * 4
LETTER = Letter(
    title="It's planned",
    body="Planned for Thursday, 4 March at 6 pm.",
    language="en",
    one_click=f"{SITE}/api/unsubscribe/{TOKEN}",
    stop=f"{SITE}/unsubscribe#{TOKEN}",
    link=f"{SITE}/appointments/{'a' * 32}",
)


def raw(letter: Letter) -> bytes:
    return written(letter, "care@lighthouse.example", "alice@mail.example", NOW)


def read(letter: Letter) -> EmailMessage:
    found = email.message_from_bytes(raw(letter), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert [part.defects for part in found.walk() if part.defects] == []
    return found


def parts(letter: Letter) -> list[str]:
    return [part.get_content_type() for part in read(letter).walk()]


def words(letter: Letter, kind: str) -> str:
    body = read(letter).get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_plain_words_come_first_and_say_all_that_the_other_part_says() -> None:
    assert parts(LETTER) == ["multipart/alternative", "text/plain", "text/html"]
    for part in (words(LETTER, "plain"), words(LETTER, "html")):
        assert LETTER.body in part
        assert LETTER.link in part
        assert LETTER.stop in part


def test_nothing_in_it_is_loaded_and_nothing_tells_that_it_was_read() -> None:
    html = words(LETTER, "html").lower()
    for word in ("<img", "src=", "url(", "@import", "<link", "<script"):
        assert word not in html


def test_it_says_what_mail_programs_want_to_know() -> None:
    message = read(LETTER)
    assert message["From"].addresses[0].addr_spec == "care@lighthouse.example"
    assert message["From"].addresses[0].display_name == "Hearth"
    assert [box.addr_spec for box in message["To"].addresses] == ["alice@mail.example"]
    assert message["Subject"] == "It's planned"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Cc"] is message["Bcc"] is message["Reply-To"] is None
    # RFC 8058: the address as it is, on one line; programs do not decode it.
    assert f"\r\nList-Unsubscribe: <{SITE}/api/unsubscribe/{TOKEN}>\r\n".encode() in raw(LETTER)
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw(LETTER)


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: eve@x.example", "x\nBcc: eve@x.example\n\nHello", "\r\rx\x00\x1b[0m", "\u2028x", "\r\n"]
)
def test_no_words_become_a_header(evil: str) -> None:
    for letter in (replace(LETTER, title=evil), replace(LETTER, sender=evil), replace(LETTER, body=evil)):
        message = read(letter)
        assert message["Bcc"] is None
        assert [box.addr_spec for box in message["From"].addresses] == ["care@lighthouse.example"]
        assert parts(letter) == parts(LETTER)


@pytest.mark.parametrize("name", ["Nora", 'Bo "the one"', "a@b.example", "Ñandú, S.L.", "نورة", "x" * 80, "<x@y>"])
def test_the_name_of_the_sender_is_the_one_that_was_chosen(name: str) -> None:
    letter = replace(LETTER, sender=name)
    (box,) = read(letter)["From"].addresses
    assert (box.display_name, box.addr_spec) == (name, "care@lighthouse.example")
    told = from_line(letter, "care@lighthouse.example")
    assert told.isascii()
    (named,) = email.message_from_string(f"From: {told}\n\n", policy=email.policy.default)["From"].addresses
    assert (named.display_name, named.addr_spec) == (name, "care@lighthouse.example")


@pytest.mark.parametrize("to", ["a!#$%&'*+/=?^_`{|}~-b.c@mail.example", "x@xn--mnchen-3ya.example", "A.B@MAIL.example"])
def test_it_goes_to_every_address_that_the_api_takes(to: str) -> None:
    message = email.message_from_bytes(written(LETTER, "care@lighthouse.example", to, NOW), policy=email.policy.default)
    assert [box.addr_spec for box in message["To"].addresses] == [to]


def test_a_language_written_from_right_to_left_is_shown_so() -> None:
    letter = replace(LETTER, title="تذكير", body="قريبًا: الخميس 4 مارس", language="ar")
    assert read(letter)["Subject"] == "تذكير"
    assert '<html lang="ar" dir="rtl">' in words(letter, "html")
    assert letter_words("ar").stop in words(letter, "html")


def test_words_are_only_words() -> None:
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in words(replace(LETTER, body="<b>1 & 2</b>"), "html")


def test_a_calendar_file_goes_with_it_as_a_file() -> None:
    letter = replace(LETTER, calendar="BEGIN:VCALENDAR\r\nSUMMARY:Ñ\r\nEND:VCALENDAR\r\n")
    assert parts(letter) == ["multipart/mixed", *parts(LETTER), "text/calendar"]
    (file,) = read(letter).iter_attachments()
    assert file.get_filename() == "event.ics"
    assert file.get_content_charset() == "utf-8"
    assert file.get_payload(decode=True) == letter.calendar.encode()


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
def test_the_header_of_a_calendar_file_says_what_the_file_says(method: str) -> None:
    letter = replace(LETTER, calendar=f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n")
    file = next(part for part in read(letter).walk() if part.get_content_type() == "text/calendar")
    assert file.get_param("method") == method
