"""coturn for tests: a TURN server on loopback, which shares a secret with whoever makes credentials."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.processes import serving


def missing() -> str:
    """Why it can't run here, in one sentence; empty if it can."""
    return "" if _found() else "The proof that a relay hides addresses needs coturn: install `coturn`."


@contextmanager
def running(secret: str) -> Iterator[int]:
    """Run it until the block ends; the port it answers on, by UDP and TCP."""

    def command(port: int) -> list[str]:
        own = ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", f"--listening-port={port}"]
        alone = ["-n", "--no-cli", "--no-tls", "--no-dtls", "--no-rfc5780", "--pidfile=turn.pid", "--log-file=stdout"]
        return [
            str(_found()),
            *own,
            *alone,
            # Both browsers of the test are on loopback, whose peers coturn refuses otherwise, and rightly.
            "--allow-loopback-peers",
            "--realm=hearthline.test",
            "--use-auth-secret",
            f"--static-auth-secret={secret}",
        ]

    with serving(command, lambda _port: os.environ) as port:
        yield port


def _found() -> str | None:
    return shutil.which("turnserver")
