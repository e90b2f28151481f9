"""`make test`: gets what the tests need as far as this machine allows, says what is lacking, and runs them all."""

import os
import shutil
import subprocess
import sys

from tests.support import dynamodb_local

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Run every test: of the site's modules, of everything on two cores, then in the browser; 0 if all hold.

    The browser's tests come alone: their driver keeps an event loop running, and the machine should be theirs.
    """
    lacks = (
        _lacking("chromium", _CHROMIUMS, "the browser tests"),
        _lacking("coturn", ("turnserver",), "the proof that a relay hides addresses"),
        dynamodb_local.missing(),
    )
    for lack in lacks:
        if lack:
            _say(f"NOT EVERYTHING WILL RUN: {lack}")
    pytest = [sys.executable, "-m", "pytest"]
    runs = (
        ["npm", "test", "--silent"],
        [*pytest, "-n", "2", "--ignore=tests/e2e"],
        [*pytest, "tests/e2e"],
    )
    return max([subprocess.run(run, check=False).returncode for run in runs])


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
