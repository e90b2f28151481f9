"""An authenticator app: RFC 6238 with SHA-1, six digits and half minutes, as Cognito has it. In real time."""

import base64
import hmac
import struct
import time


def now(secret: str) -> str:
    """The code the app shows at this moment."""
    return _code(secret, int(time.time()) // 30)


def wrong(secret: str) -> str:
    """A code that is not good now, nor was a little earlier, nor will be a little later."""
    step = int(time.time()) // 30
    near = {_code(secret, step + by) for by in range(-5, 6)}
    return next(
        code for code in ("000000", *(str(number) * 6 for number in range(1, 10)), "123456") if code not in near
    )


def _code(secret: str, step: int) -> str:
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), "sha1").digest()
    at = digest[-1] & 15
    (value,) = struct.unpack(">I", digest[at : at + 4])
    return f"{(value & 0x7FFFFFFF) % 1_000_000:06d}"
