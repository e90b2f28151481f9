"""Processes we start, and end in an orderly way: what they have in memory is written when they are asked to stop."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from local.places import ROOT
from local.progress import Failed

PATIENCE_SECONDS = 60


def is_alive(pid: int) -> bool:
    """Whether the process is still running; one that has ended and that nobody waited for is not."""
    try:
        os.kill(pid, 0)
        return not Path("/proc/self").exists() or "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


def is_ours(pid: int, words: str) -> bool:
    """Whether the process runs the command we would have started: a process id may since have become someone else's."""
    if Path("/proc/self").exists():
        line = Path(f"/proc/{pid}/cmdline")
        said = line.read_text().replace("\0", " ") if line.exists() else ""
    else:
        ps = ["ps", "-o", "command=", "-p", str(pid)]
        said = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return words in said


def end(pid: int, what: str) -> None:
    """Ask process `pid` to stop, and wait until it has.

    Raises Failed when it does not within a minute; it is never killed, since that would lose what it holds.
    """
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_alive(pid):
        if time.monotonic() > deadline:
            raise Failed(f"{what} (process {pid}) did not stop within {PATIENCE_SECONDS} s; its log may say why.")
        time.sleep(0.05)


def run(command: list[str], log: Path, environment: Mapping[str, str], doing: str) -> None:
    """Run `command` to its end, its words going to `log`.

    Raises Failed, with the end of the log, when it fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        try:
            code = child.wait()
        except BaseException:
            child.terminate()
            child.wait()
            raise
    if code:
        said = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        raise Failed(f"{doing} failed. The end of {log}:\n\n{said}")
