"""Somebody using the site's own HTTP API, as a browser would."""

import hashlib
import uuid
from typing import Any

import httpx

from local.progress import Failed


class Visitor:
    """A person at the site; signed in once `sign_in` has been."""

    def __init__(self, site_address: str) -> None:
        # The gateway listens on IPv4 alone, and a name may lead to IPv6 first.
        self._http = httpx.Client(base_url=site_address.replace("localhost", "127.0.0.1"), timeout=30)
        self._token: str | None = None
        self._returning: tuple[str, dict[str, str]] | None = None

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Any request, with the caller's token and a fresh Idempotency-Key."""
        answer = self._send(method, path, body)
        if answer.status_code != httpx.codes.UNAUTHORIZED or not self._returning:
            return answer
        # A token is good for a quarter of an hour, and some visits are longer.
        door, credentials = self._returning
        self._token = self._send("POST", door, credentials).json().get("access_token")
        return self._send(method, path, body)

    def must(self, method: str, path: str, body: object = None) -> Any:
        """The answer's body. Raises Failed for any answer but a good one."""
        answer = self.ask(method, path, body)
        if not answer.is_success:
            raise Failed(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer.json() if answer.content else None

    def sign_in(self, path: str, who: dict[str, str], password: str) -> bool:
        """Whether this password signs them in, with nothing more to answer."""
        credentials = {**who, "password": password}
        answer = self._send("POST", path, credentials)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return False
        if not answer.is_success:
            raise Failed(f"POST {path} answered {answer.status_code}: {answer.text}")
        self._token = answer.json().get("access_token")
        self._returning = (path, credentials)
        return self._token is not None

    def first_sign_in(self, email: str, one_time_password: str, password: str) -> None:
        """A colleague's first sign-in: the one-time password, and then one of their own."""
        door = "/api/staff/auth/sign-in"
        step = self.must("POST", door, {"email": email, "password": one_time_password})
        if step.get("challenge") != "new_password":
            raise Failed(f"{email} was expected to choose a password, and was asked for {step.get('challenge')}.")
        answer = {"email": email, "challenge": "new_password", "session": step["session"], "answer": password}
        self._token = self.must("POST", "/api/staff/auth/answer", answer)["access_token"]
        self._returning = (door, {"email": email, "password": password})

    def register(self, password: str, zone: str, language: str) -> str:
        """Become a client; the handle."""
        offer = self.must("GET", "/api/registration-challenge")
        challenge, handle = offer["challenge"], offer["handles"][0]
        self.must(
            "POST",
            "/api/register",
            {
                "challenge": challenge,
                "number": solve(challenge["salt"], challenge["target"], challenge["max_number"]),
                "handle": handle,
                "password": password,
                "zone": zone,
                "language": language,
            },
        )
        return str(handle)

    def _send(self, method: str, path: str, body: object) -> httpx.Response:
        headers = {"idempotency-key": str(uuid.uuid4())} if method != "GET" else {}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        return self._http.request(method, path, json=body, headers=headers)


def solve(salt: str, target: str, max_number: int) -> int:
    """The number whose hash with the salt in front is the target.

    Raises Failed when no number up to `max_number` is.
    """
    begun = hashlib.sha256(salt.encode())
    for number in range(max_number + 1):
        tried = begun.copy()
        tried.update(str(number).encode())
        if tried.hexdigest() == target:
            return number
    raise Failed("The registration challenge has no solution.")
