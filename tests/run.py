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
    for lack in (_chromium_lacking(), dynamodb_local.missing()):
        if lack:
            _say(f"NOT EVERYTHING WILL RUN: {lack}")
    pytest = [sys.executable, "-m", "pytest"]
    runs = (
        ["npm", "test", "--silent"],
        [*pytest, "-n", "2", "--ignore=tests/e2e"],
        [*pytest, "tests/e2e"],
    )
    return max([subprocess.run(run, check=False).returncode for run in runs])


def _chromium_lacking() -> str:
    """Why browser tests can't run, after trying to install what they need; empty if they can."""
    if any(shutil.which(name) for name in _CHROMIUMS):
        return ""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _say("Installing Chromium for the browser tests.")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
        if shutil.which("chromium"):
            return ""
    return "Browser tests need Chromium, and there is none here: install `chromium` with your package manager."


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
