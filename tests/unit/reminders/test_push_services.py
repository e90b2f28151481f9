"""What may be sent to, and what a browser may have given as its key."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shared.reminders.push_services import PushServices, bytes_of, is_public_key
from shared.reminders.web_push import point


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b",
        "https://fcm.googleapis.com:443/wp/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH6",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2b",
    ],
)
def test_the_browsers_own_services_are_known(endpoint: str) -> None:
    assert PushServices().has(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/fcm/send/abc",
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com:0/fcm/send/abc",
        "https://fcm.googleapis.com:x/fcm/send/abc",
        "https://fcm.googleapis.com./fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evilfcm.googleapis.com/abc",
        "https://notify.windows.com.evil.example/abc",
        "https://evilpush.apple.com/abc",
        "https://fcm.googleapis.com@evil.example/abc",
        "https://me:secret@fcm.googleapis.com/abc",
        "https://evil.example\\@fcm.googleapis.com/abc",
        "https://evil.example#.push.apple.com/abc",
        "https://evil.example/?.push.apple.com",
        "https://fcm.googleapis.com/abc#part",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\r\nHost: evil.example",
        "https://fcm.googleapis.com/\u202eabc",
        "https://[::1]/abc",
        "https://[fcm.googleapis.com/abc",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/abc",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "a" * 2048,
    ],
)
def test_nothing_else_is_ever_sent_to(endpoint: str) -> None:
    assert not PushServices().has(endpoint)


def test_tests_may_have_a_receiver_of_their_own() -> None:
    ours = PushServices("http://127.0.0.1:8137")
    assert ours.has("http://127.0.0.1:8137/abc")
    assert not ours.has("http://127.0.0.1:81371/abc")


def test_a_public_key_is_a_point_of_the_curve() -> None:
    key = point(ec.generate_private_key(ec.SECP256R1()).public_key())
    assert is_public_key(key)
    off_the_curve = key[:-1] + bytes([key[-1] ^ 1])
    for wrong in (
        b"",
        key[1:],
        key + b"\0",
        b"\x02" + key[1:],
        off_the_curve,
        b"\x04" + b"\0" * 64,
        b"\x04" + b"\xff" * 64,
    ):
        assert not is_public_key(wrong)


def test_base64url_is_read_with_and_without_padding() -> None:
    assert bytes_of("_-8") == bytes_of("_-8=") == b"\xff\xef"
    for wrong in ("_-8a=b", "+/8", "a", "ab cd"):
        with pytest.raises(ValueError, match="base64url"):
            bytes_of(wrong)
