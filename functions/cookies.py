"""The refresh cookie: out of reach of scripts, sent only to where it is used."""

from collections.abc import Mapping

from shared.errors import SignInRequired
from shared.people.model import SIGNED_IN_FOR


class RefreshCookie:
    """`path` is the only place the browser sends it to."""

    def __init__(self, name: str, path: str) -> None:
        self.name = name
        self._attributes = f"Path={path}; HttpOnly; Secure; SameSite=Strict"

    def holding(self, value: str) -> tuple[str, ...]:
        """The Set-Cookie value that keeps the sign-in."""
        return (f"{self.name}={value}; Max-Age={int(SIGNED_IN_FOR.total_seconds())}; {self._attributes}",)

    def cleared(self) -> tuple[str, ...]:
        """The Set-Cookie value that removes it."""
        return (f"{self.name}=; Max-Age=0; {self._attributes}",)

    def read(self, cookies: Mapping[str, str]) -> str:
        """What the browser sent. Raises SignInRequired when there is none."""
        if not cookies.get(self.name):
            raise SignInRequired
        return cookies[self.name]
