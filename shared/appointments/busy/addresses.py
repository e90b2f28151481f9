"""Which addresses are fetched: public ones over HTTPS, by name. Pure.

A counselor may paste any address, and a calendar may lead on to any other. None may make us ask something that only
we can reach: a machine beside us, the metadata of a cloud, ourselves.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from shared.appointments.busy.trouble import CannotRead, Trouble

LONGEST = 2000
# Names alone, of two parts or more. A last part that begins with a letter is no number: so no IPv4 address in any of
# its spellings (decimal, octal, hexadecimal) can pass for a name.
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_VISIBLE = re.compile(r"[!-\[\]-~]+")  # of ASCII, without the backslash, which some take for a slash
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True)
class Address:
    """Where a calendar is: a host by name, on port 443, and what to ask it for."""

    host: str
    target: str

    @classmethod
    def of(cls, text: str) -> "Address":
        """The address in its parts; `webcal:` is how Apple writes `https:`. Raises CannotRead."""
        try:
            parts = urlsplit(re.sub(r"^webcal:", "https:", text, flags=re.IGNORECASE))
            port = parts.port
        except ValueError:
            raise CannotRead(Trouble.NOT_ALLOWED) from None
        host = (parts.hostname or "").lower()
        plain = len(text) <= LONGEST and _VISIBLE.fullmatch(text) and "@" not in parts.netloc
        if not plain or parts.scheme != "https" or port not in (None, 443) or not _NAME.fullmatch(host):
            raise CannotRead(Trouble.NOT_ALLOWED)
        return cls(host, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))

    def __str__(self) -> str:
        return f"https://{self.host}{self.target}"


def shortened(address: str) -> str:
    """Enough to tell an address from another, and too little to use it: the host and the last four characters."""
    return f"{Address.of(address).host} …{address[-4:]}"


def is_public(address: str) -> bool:
    """Whether this IP address is of the public internet; also of one that stands for an IPv4 address within IPv6."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id or ip.teredo or ip in _NAT64_LOCAL:
            return False
        if inner := _within(ip):
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _within(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
