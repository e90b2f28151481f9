"""A Python of the version Lambda runs, to make the byte code it would otherwise make at every cold start."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from uv import find_uv_bin

_DOWNLOAD_SECONDS = 180


@cache
def python_of_version(version: str) -> str | None:
    """The path of a Python such as `3.13`: this one, one that is installed, or one that uv can get.

    None when there is none to be had: then the functions work as well, and start about a second later.
    """
    for candidate in _candidates(version):
        if _said(candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])") == version:
            return candidate
    sys.stderr.write(f"No Python {version} is to be had: the functions go without byte code and start more slowly.\n")
    return None


def _candidates(version: str) -> Iterator[str]:
    yield sys.executable
    uv = find_uv_bin()
    yield _said(uv, "python", "find", "--no-project", "--no-python-downloads", version)
    # pyenv puts a stand-in first on the path that works only in the directories it is told about.
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from (str(python) for python in sorted(pyenv.glob(f"versions/{version}*/bin/python"), reverse=True))
    _said(uv, "python", "install", "--no-bin", version)
    yield _said(uv, "python", "find", "--no-project", "--managed-python", version)


def _said(*command: str) -> str:
    """What a command says, or nothing when it fails or is none."""
    try:
        result = subprocess.run(  # noqa: S603 - our own words
            command, capture_output=True, text=True, check=False, timeout=_DOWNLOAD_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""
