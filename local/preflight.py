"""What has to be true before anything starts; each thing that is not gets one sentence with its remedy."""

import re
import shutil
import socket
import subprocess
import sys

from local.places import Places
from local.progress import Failed

PYTHON = (3, 11)
NODE = 20


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Refuse a Python older than ours."""
    if version < PYTHON:
        raise Failed(
            f"Hearthline needs Python {PYTHON[0]}.{PYTHON[1]} or newer, and this is {version[0]}.{version[1]}: "
            f"install a newer one and run `make start PYTHON=python{PYTHON[0]}.{PYTHON[1]}`."
        )


def check_node() -> None:
    """Refuse to go on without Node and npm, or with a Node older than ours."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise Failed(
            f"Hearthline needs Node {NODE} or newer with npm, and there is none: install it from https://nodejs.org."
        )
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", said)
    if found is None or int(found[1]) < NODE:
        raise Failed(
            f"Hearthline needs Node {NODE} or newer, and this is {said.strip()}: update it from https://nodejs.org."
        )


def check_ports(places: Places) -> None:
    """Refuse to start beside something that already listens where we would."""
    for port, what, variable in (
        (places.port, "the site", "HEARTHLINE_PORT"),
        (places.emulator_port, "the emulator", "HEARTHLINE_EMULATOR_PORT"),
    ):
        if in_use(port):
            raise Failed(
                f"Port {port}, meant for {what}, is taken: stop what uses it (`make stop`, if it is Hearthline), "
                f"or choose another with `{variable}={port + 1000} make start`."
            )


def in_use(port: int) -> bool:
    """Whether something listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
