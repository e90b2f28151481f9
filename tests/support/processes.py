"""Servers that tests run beside themselves: on a free port of loopback, waited for, and taken down."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_STARTS = 3
_CONNECTS = 600
_PAUSE = 0.05  # seconds between two attempts to connect: half a minute in all


class NeverReady(Exception):  # noqa: N818 - says what happened
    """The server did not come up."""


@contextmanager
def serving(command: Callable[[int], Sequence[str]], env: Callable[[int], Mapping[str, str]]) -> Iterator[int]:
    """Run the server that `command(port)` starts until the block ends; the port it answers on.

    Raises NeverReady. A port that somebody else takes meanwhile costs one more start.
    """
    for _ in range(_STARTS):
        port = _free_port()
        with TemporaryDirectory(prefix="hearthline-") as scratch, Path(os.devnull).open("r+b") as nowhere:
            process = subprocess.Popen(
                command(port), env=env(port), cwd=scratch, stdin=nowhere, stdout=nowhere, stderr=nowhere
            )
            try:
                if _answers(process, port):
                    yield port
                    return
            finally:
                _end(process)
    raise NeverReady(command(0)[0])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    for _ in range(_CONNECTS):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            try:
                process.wait(_PAUSE)
            except subprocess.TimeoutExpired:
                continue
            return False
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
