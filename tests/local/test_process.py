"""Ending what was started, in order."""

import subprocess
import sys
from pathlib import Path

import pytest

from local import process
from local.progress import Failed

_TAKES_ITS_TIME = """
import signal, sys, time
from pathlib import Path
def put_away(*_):
    time.sleep(0.2)
    Path(sys.argv[1]).write_text("written down")
    sys.exit()
signal.signal(signal.SIGTERM, put_away)
print("ready", flush=True)
time.sleep(60)
"""


def test_ending_a_process_waits_until_it_has_put_everything_away(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with subprocess.Popen([sys.executable, "-c", _TAKES_ITS_TIME, str(kept)], stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        assert process.is_alive(child.pid)
        process.end(child.pid, "The child")
        assert kept.read_text() == "written down"
        assert not process.is_alive(child.pid)


def test_ending_what_has_ended_does_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    process.end(child.pid, "The child")


def test_a_process_is_ours_only_if_it_runs_our_command() -> None:
    command = [sys.executable, "-c", "print(flush=True); input()", "-m", "local", "start"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()  # until then it may still be the copy of us that it began as
        assert process.is_ours(child.pid, "-m local start")
        assert not process.is_ours(child.pid, "ministack")
        child.communicate(b"\n")
    assert not process.is_ours(child.pid, "-m local start")


def test_a_failing_command_is_told_with_the_end_of_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('the last word'); raise SystemExit(3)"]
    with pytest.raises(Failed, match=r"Building failed(.|\n)*the last word"):
        process.run(command, tmp_path / "logs" / "build.log", {}, "Building")
