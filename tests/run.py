"""`make test`: gets what the tests need as far as this machine allows, says what is lacking, and runs them all."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.e2e import chromium
from tests.e2e.running import Running, fresh, shared_with
from tests.support import dynamodb_local

_PAGES = "tests/e2e/test_every_page.py"
# For minutes it has nothing to do but wait.
_WAITS = "tests/e2e/test_notices_arrive.py"
_GIVING_WAY = ("nice", "-n", "10")
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Run every test; 0 if all hold.

    Browsers wait for the deployed stack, and people for browsers: tests with them come first wherever there is
    something to do for both. All others take what is left of the machine beside them.
    """
    lacks = (
        _lacking("chromium", _CHROMIUMS, "the browser tests"),
        _lacking("coturn", ("turnserver",), "the proof that a relay hides addresses"),
        dynamodb_local.missing(),
    )
    for lack in lacks:
        if lack:
            _say(f"NOT EVERYTHING WILL RUN: {lack}")
    _lacking(chromium.BARE, (chromium.BARE,), "browser tests that take less of the machine")
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(_without_a_stack)
        return max(*_with_a_stack(), *others.result())


def _with_a_stack() -> list[int]:
    rest = "not by_itself and not call and not ends_it"
    with (
        tempfile.TemporaryDirectory(prefix="hearthline-") as state,
        _running(Path(state) / "copy") as copy,
        ThreadPoolExecutor(1) as beside,
    ):
        stack = shared_with(copy)
        waiting = beside.submit(_pytest, _WAITS, **stack)
        return [
            _pytest(_PAGES, **stack),
            _pytest("tests/e2e", f"--ignore={_PAGES}", f"--ignore={_WAITS}", "-m", rest, **stack),
            waiting.result(),
            _pytest("tests/e2e", "-m", "call", **stack),
            _pytest("tests/e2e", "-m", "ends_it", **stack),
        ]


def _without_a_stack() -> list[int]:
    """Browsers first, while the stack is being deployed, which is mostly waiting."""
    return [
        _ran("npm", "test", "--silent"),
        _pytest("tests/e2e/test_peer_mesh.py", "tests/e2e", "-m", "by_itself"),
        _pytest("-n", "2", "--dist", "worksteal", "--ignore=tests/e2e", before=_GIVING_WAY),
    ]


def _pytest(*arguments: str, before: Sequence[str] = (), **environment: str) -> int:
    return _ran(*before, sys.executable, "-m", "pytest", *arguments, **environment)


def _ran(*command: str, **environment: str) -> int:
    """Run it beside others; when it has ended, say what it said. The exit code."""
    told = {**os.environ, **environment}
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=told)
    _say(run.stdout)
    return run.returncode


@contextmanager
def _running(state: Path) -> Iterator[Running]:
    """A Hearthline for all browser tests together. Where it does not start, they say why."""
    copy = fresh(state)
    started = copy.command("start", "--background")
    if started.code:
        _say(started.said)
    yield copy
    copy.command("stop")


def _lacking(package: str, names: tuple[str, ...], what: str) -> str:
    """Why tests that need this program can't run, after trying to install it; empty if they can."""
    if any(shutil.which(name) for name in names):
        return ""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _say(f"Installing {package} for {what}.")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
        if any(shutil.which(name) for name in names):
            return ""
    return f"There is no {package} here for {what}: install `{package}` with your package manager."


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
