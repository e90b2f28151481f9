"""The site as `make start` brings it up, on ports and with a state of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from local import deploy
from local.places import ROOT, Places

STATE = ROOT / "build" / "e2e"
# Whoever writes these tests need not wait for a new site every time: `E2E_KEEP=1 pytest tests/e2e -k …`.
# It stays up then; `HEARTHLINE_STATE=build/e2e make clean` ends it.
KEEP = "E2E_KEEP"
_KEPT_PORTS = (24080, 24566)


class NotStarted(Exception):  # noqa: N818 - says what happened
    """`make start` did not bring the site up; the text is all it said, and the end of the emulator's log."""


@dataclass(frozen=True)
class Deployed:
    """A running site, with IAM enforced."""

    places: Places
    outputs: dict[str, str]

    @property
    def address(self) -> str:
        """What a person opens."""
        return self.places.site_address

    def api_behind_the_gateway(self, path: str) -> str:
        """The address of the HTTP API itself, which nobody is meant to use."""
        return f"{self.places.emulator}/_aws/execute-api/{self.outputs['HttpApiId']}/$default{path}"


@contextmanager
def running() -> Iterator[Deployed]:
    """Bring the site up from nothing, and take it down when the block ends.

    Raises NotStarted.
    """
    keep = bool(os.environ.get(KEEP))
    places = Places(*(_KEPT_PORTS if keep else _free_ports()), STATE)
    if keep and _listens(places.port):
        yield Deployed(places, deploy.outputs(places))
        return
    if not keep:
        _local(places, "stop")  # what a run that was killed has left
        shutil.rmtree(STATE, ignore_errors=True)
    started = _local(places, "start", "--background")
    try:
        if started.returncode:
            raise NotStarted(f"{started.stdout}\n{_end_of_log(places)}")
        yield Deployed(places, deploy.outputs(places))
    finally:
        if not keep:
            _local(places, "stop")


def _local(places: Places, *words: str) -> subprocess.CompletedProcess[str]:
    own = {
        "HEARTHLINE_PORT": str(places.port),
        "HEARTHLINE_EMULATOR_PORT": str(places.emulator_port),
        "HEARTHLINE_STATE": str(places.state),
    }
    return subprocess.run(
        [sys.executable, "-m", "local", *words],
        cwd=ROOT,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _end_of_log(places: Places) -> str:
    log = places.logs / "emulator.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-40:]) if log.exists() else ""


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
