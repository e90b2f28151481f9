"""Encryption and signature of push messages, held against the RFCs and against others who implement them."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shared.reminders.push_services import bytes_of
from shared.reminders.vapid import Vapid, key_of, new_key, private_text, public_text
from shared.reminders.web_push import LENGTH, BrowserKeys, point, sealed

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
CURVE = ec.SECP256R1()
ENDPOINT = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"


def test_it_is_what_the_rfc_says_it_is_in_its_example() -> None:
    # RFC 8291, section 5 and appendix A.
    ours = ec.derive_private_key(int.from_bytes(bytes_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), CURVE)
    theirs = BrowserKeys(
        bytes_of("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        bytes_of("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    message = b"When I grow up, I want to be a watermelon"
    body = sealed(message, theirs, length=len(message) + 1, salt=bytes_of("DGv6ra1nlYgDCS1FRnbzlw"), ours=ours)
    assert body == bytes_of(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru"
        "3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("message", [b"", b"{}", "موعدك اليوم".encode(), b"x" * (LENGTH - 1)])
def test_others_can_read_it_and_it_is_always_equally_long(message: bytes) -> None:
    browser = ec.generate_private_key(CURVE)
    auth = b"0123456789abcdef"
    keys = BrowserKeys(point(browser.public_key()), auth)
    body = sealed(message, keys)
    assert len(body) == 86 + LENGTH + 16 <= 4096
    assert http_ece.decrypt(body, private_key=browser, auth_secret=auth, version="aes128gcm") == message
    assert sealed(message, keys) != body


def test_what_is_longer_is_refused() -> None:
    browser = point(ec.generate_private_key(CURVE).public_key())
    with pytest.raises(ValueError, match="too long"):
        sealed(b"x" * LENGTH, BrowserKeys(browser, b"0" * 16))


def test_who_sends_is_signed_for_the_service_alone_and_a_browser_can_verify_it() -> None:
    key = new_key()
    said = Vapid(key, "mailto:care@example.org").authorization(ENDPOINT, NOW)
    token, _, public = said.removeprefix("vapid t=").partition(", k=")
    assert public == public_text(key)
    assert json.loads(bytes_of(token.split(".")[1])) == {
        "aud": "https://push.example.net",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:care@example.org",
    }
    script = """
const [token, key] = process.argv.slice(1);
const bytes = text => Buffer.from(text, 'base64url');
const [head, body, signature] = token.split('.');
const how = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
crypto.subtle.importKey('raw', bytes(key), how, false, ['verify'])
  .then(key => crypto.subtle.verify(how, key, bytes(signature), Buffer.from(`${head}.${body}`)))
  .then(good => console.log(bytes(head).toString(), good));
"""
    verified = subprocess.run(["node", "-e", script, token, public], capture_output=True, text=True, check=True)
    assert verified.stdout == '{"typ":"JWT","alg":"ES256"} true\n'


def test_a_key_is_kept_as_text_and_nothing_else_is_taken_for_one() -> None:
    key = new_key()
    assert public_text(key_of(private_text(key))) == public_text(key)
    assert len(bytes_of(public_text(key))) == 65
    other = private_text(ec.generate_private_key(ec.SECP384R1()))
    for wrong in ("", "no key", other):
        with pytest.raises(ValueError):
            key_of(wrong)
