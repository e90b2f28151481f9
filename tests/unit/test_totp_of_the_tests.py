import base64

import pytest

from tests.support import totp


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_our_authenticator_shows_what_rfc_6238_says(monkeypatch: pytest.MonkeyPatch, seconds: int, code: str) -> None:
    monkeypatch.setattr(totp.time, "time", lambda: float(seconds))

    assert totp.now(base64.b32encode(b"12345678901234567890").decode()) == code
