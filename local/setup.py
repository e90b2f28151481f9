"""Makes what the other commands need: the virtual environment, the pinned Python packages, the pinned npm packages.

Run by whatever Python is there, before anything is installed, so it starts with words an old Python understands.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - ours must be newer, but this line meets whatever is there
    sys.exit(
        "Hearthline needs Python 3.11 or newer, and this is %d.%d: install a newer one and name it, such as "  # noqa: UP031 - an old Python reads this
        "`make start PYTHON=python3.11`." % sys.version_info[:2]
    )

import argparse
from pathlib import Path

from local import fingerprint, process
from local.fingerprint import Made
from local.places import ROOT, here
from local.preflight import check_node
from local.progress import Failed, Progress, give_up

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN = ("requirements.txt", "local/requirements.txt")
TEST = (*RUN, "tests/requirements.txt")


def setup(*, tests: bool) -> None:
    """Install what is missing or has changed, showing each step."""
    progress = Progress()
    logs = here().logs
    check_node()
    if not PYTHON.exists():
        with progress.step("Make a virtual environment"):
            _make_environment(logs)
    _install_python(progress, logs, TEST if tests else RUN)
    _install_node(progress, logs)
    _gather_common_passwords(progress, logs)


def _make_environment(logs: Path) -> None:
    process.run(
        [sys.executable, "-m", "venv", str(VENV)],
        logs / "venv.log",
        {},
        "Making a virtual environment (on Debian and Ubuntu, `apt install python3-venv` first)",
    )
    pinned = next(
        line.split()[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if line.startswith("uv==")
    )
    process.run([str(PYTHON), "-m", "pip", "install", "--quiet", pinned], logs / "uv.log", {}, "Installing uv")


def _install_python(progress: Progress, logs: Path, requirements: tuple[str, ...]) -> None:
    made = Made(VENV / ".hearthline.json")
    wanted = fingerprint.of(*requirements)
    if made.is_current(requirements[-1], wanted):
        return
    uv = VENV / "bin" / "uv"
    with progress.step("Install Python packages"):
        process.run(
            [str(uv) if uv.exists() else "uv", "pip", "install", "--python", str(PYTHON)]
            + [word for name in requirements for word in ("-r", name)],
            logs / "python-packages.log",
            {},
            "Installing Python packages",
        )
    made.remember(requirements[-1], wanted)


def _install_node(progress: Progress, logs: Path) -> None:
    made = Made(ROOT / "node_modules" / ".hearthline.json")
    wanted = fingerprint.of("package.json", "package-lock.json")
    if made.is_current("packages", wanted):
        return
    with progress.step("Install npm packages"):
        process.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"],
            logs / "npm.log",
            {},
            "Installing npm packages",
        )
    made.remember("packages", wanted)


def _gather_common_passwords(progress: Progress, logs: Path) -> None:
    made = Made(VENV / ".hearthline.json")
    wanted = fingerprint.of("infra/common_passwords.py", "shared/people/passwords.py", "requirements.txt")
    gathered = ROOT / "shared" / "people" / "common-passwords.bloom"
    if made.is_current("common passwords", wanted) and gathered.exists():
        return
    with progress.step("Gather common passwords to refuse"):
        gathered.unlink(missing_ok=True)
        process.run(
            [str(PYTHON), "-m", "infra.common_passwords"], logs / "passwords.log", {}, "Gathering common passwords"
        )
    made.remember("common passwords", wanted)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m local.setup", description=__doc__)
    parser.add_argument("--tests", action="store_true", help="what the tests need, too")
    try:
        setup(tests=parser.parse_args().tests)
    except Failed as failure:
        give_up(str(failure))
