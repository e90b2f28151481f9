"""A Hearthline of one's own, started as a person starts it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_SHARED = "E2E_SHARED"


class Finished(NamedTuple):
    """A command of ours that has returned: its exit code, what it said, and after how many seconds."""

    code: int
    said: str
    seconds: float


class Running(NamedTuple):
    """One copy, with ports and a state of its own."""

    port: int
    emulator_port: int
    state: Path

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://localhost:{self.port}"

    @property
    def api(self) -> str:
        """Where the HTTP API itself is, which nobody is meant to use."""
        return f"http://127.0.0.1:{self.emulator_port}/_aws/execute-api/{self.outputs['HttpApiId']}/$default"

    @property
    def said(self) -> str:
        """What its start said."""
        return (self.state / "logs" / "start.log").read_text()

    @property
    def outputs(self) -> Mapping[str, str]:
        """What the stack calls its resources."""
        return json.loads((self.state / "outputs.json").read_text())["Hearthline"]

    def command(self, *words: str, **environment: str) -> Finished:
        """Run `python -m local …` for this copy."""
        own = {
            "HEARTHLINE_PORT": str(self.port),
            "HEARTHLINE_EMULATOR_PORT": str(self.emulator_port),
            "HEARTHLINE_STATE": str(self.state),
        }
        began = time.monotonic()
        result = subprocess.run(
            [sys.executable, "-m", "local", *words],
            cwd=ROOT,
            env={**os.environ, **own, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return Finished(result.returncode, result.stdout + result.stderr, time.monotonic() - began)


def fresh(state: Path) -> Running:
    """A copy that has never been started, on ports nobody uses."""
    return Running(_free_port(), _free_port(), state)


def shared() -> Running | None:
    """The copy that these tests are to share, if whoever runs them has started one (`shared_with`)."""
    if told := os.environ.get(_SHARED):
        port, emulator_port, state = told.split(" ", 2)
        return Running(int(port), int(emulator_port), Path(state))
    return None


def kept() -> Running | None:
    """With E2E_KEEP set, a copy that stays up between runs, for whoever writes these tests.

    It is started when it is not there; `HEARTHLINE_STATE=build/e2e make clean` ends it.
    """
    if "E2E_KEEP" not in os.environ:
        return None
    copy = Running(27180, 27566, ROOT / "build" / "e2e")
    if not (copy.state / "ready").exists():
        started = copy.command("start", "--background")
        assert started.code == 0, started.said
    return copy


def shared_with(copy: Running) -> Mapping[str, str]:
    """What to put into the environment of tests that are to use this copy."""
    return {_SHARED: f"{copy.port} {copy.emulator_port} {copy.state}"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
