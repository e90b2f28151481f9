"""Starting without a terminal, and stopping what was started."""

import os
import subprocess
import sys
import time
from typing import TextIO

from local import process
from local.emulator import Emulator
from local.places import ROOT, Places

_WORDS = ("-m", "local", "start")


def claim(places: Places) -> None:
    """Write down that this process is the one to stop."""
    places.state.mkdir(parents=True, exist_ok=True)
    places.pid.write_text(str(os.getpid()))


def start_in_background(places: Places) -> int:
    """Start in a process of its own and show its words until it is ready: 0, or its exit code if it ends before."""
    places.logs.mkdir(parents=True, exist_ok=True)
    places.ready.unlink(missing_ok=True)
    log = places.logs / "start.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, *_WORDS],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    with log.open() as said:
        while child.poll() is None and not places.ready.exists():
            _show(said)
            time.sleep(0.1)
        _show(said)
    return 0 if places.ready.exists() else (child.returncode or 1)


def stop(places: Places) -> bool:
    """Stop what was started with this state, and wait until it has; False if nothing ran."""
    ran = False
    if places.pid.exists():
        pid = int(places.pid.read_text())
        if process.is_ours(pid, " ".join(_WORDS)):
            process.end(pid, "Hearthline")
            ran = True
        places.pid.unlink(missing_ok=True)
    Emulator(places).stop_leftover()
    return ran


def _show(said: TextIO) -> None:
    sys.stdout.write(said.read())
    sys.stdout.flush()
