"""AWS Signature Version 4 for many requests that differ only in a name at the end of the path, and in a few bodies.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hmac
import os
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote


class Credentials(NamedTuple):
    """Keys of a role. `token` is empty for keys that last."""

    access_key: str
    secret_key: str
    token: str = ""


def from_environment() -> Credentials:
    """The function's own, as Lambda tells them. Raises KeyError where there are none."""
    told = os.environ
    return Credentials(told["AWS_ACCESS_KEY_ID"], told["AWS_SECRET_ACCESS_KEY"], told.get("AWS_SESSION_TOKEN", ""))


class Signer(NamedTuple):
    """Signs for one host of one service as of one instant (UTC). A signature is good for five minutes."""

    credentials: Credentials
    region: str
    service: str
    host: str
    at: datetime

    def requests(self, method: str, collection: str, body: bytes) -> Callable[[str], bytes]:
        """What makes whole HTTP/1.1 requests, with `body`, of names in `collection`: a path that ends in a slash."""
        stamp = self.at.strftime("%Y%m%dT%H%M%SZ")
        scope = f"{stamp[:8]}/{self.region}/{self.service}/aws4_request"
        token = [f"x-amz-security-token:{self.credentials.token}"] if self.credentials.token else []
        headers = [f"host:{self.host}", f"x-amz-date:{stamp}", *token]
        names = ";".join(header.partition(":")[0] for header in headers)
        # The name is encoded for the wire, and what is on the wire is encoded again for the signature.
        signed = f"{method}\n{quote(collection, safe='/~')}"
        signed_end = "\n".join(("", "", *headers, "", names, sha256(body).hexdigest()))
        to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n"
        key = _key(self.credentials.secret_key, stamp[:8], self.region, self.service)
        said = f"AWS4-HMAC-SHA256 Credential={self.credentials.access_key}/{scope}, SignedHeaders={names}, Signature="
        sent = "\r\n".join((" HTTP/1.1", *headers, f"content-length:{len(body)}", f"authorization:{said}"))

        def request(name: str) -> bytes:
            encoded = quote(name, safe="-_.~")
            digest = sha256(f"{signed}{encoded.replace('%', '%25')}{signed_end}".encode()).hexdigest()
            signature = hmac.digest(key, f"{to_sign}{digest}".encode(), "sha256").hex()
            return f"{method} {collection}{encoded}{sent}{signature}\r\n\r\n".encode() + body

        return request


@lru_cache(maxsize=2)
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
