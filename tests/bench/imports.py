"""How long a cold start spends importing: `python -m tests.bench.imports [--top]`.

Each figure is the median of fresh interpreters of the runtime's version, with the deployed package (byte code and all)
first on their path. As in Lambda, the runtime's own modules are there already when the handler's module is asked for;
botocore and boto3 are not among them. With `--top`, what each import costs by itself.
"""

import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from infra.bundle import LAMBDA, Target, build
from infra.interpreter import python_of_version
from tests.bench.table import heading, table

RUNS = 15
HANDLERS = ("member_api", "staff_api", "live", "changes", "sweep")
# What the runtime's bootstrap (awslambdaric) and the interpreter under it have imported before us.
BOOTSTRAP = (
    "base64, datetime, decimal, functools, http.client, importlib, json, logging, math, os, random, signal, "
    "socket, sys, time, traceback, types, urllib.parse, uuid, warnings"
)
ROUTES = {
    "member_api": "functions.member_api.appointments",
    "staff_api": "functions.staff_api.agenda",
}
_TIMED = """
import {bootstrap}
began = time.perf_counter()
{what}
print(time.perf_counter() - began)
"""
_CLIENT = "from shared import aws; aws.dynamodb()"
_ENVIRONMENT = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}


def main(arguments: list[str]) -> None:
    """Print the table; with `--top`, the breakdowns."""
    python = python_of_version(LAMBDA.python)
    if python is None:
        raise SystemExit(f"This needs a Python {LAMBDA.python}, as the functions run on.")
    package = build(Target(LAMBDA.python, _platform())).directory
    with tempfile.TemporaryDirectory() as empty:
        (Path(empty) / "nothing.py").touch()

        def timed(what: str, place: Path = package) -> Callable[[], float]:
            return lambda: _run(python, place, _TIMED.format(bootstrap=BOOTSTRAP, what=what))

        rows = [("an empty module", timed("import nothing", Path(empty)), None, None)]
        for name in HANDLERS:
            module = f"import functions.{name}.app"
            route = f"{module}, {ROUTES[name]}" if name in ROUTES else module
            rows.append((f"`functions.{name}.app`", timed(module), timed(route), timed(f"{route}\n{_CLIENT}")))
        heading("Cold import", python=LAMBDA.python)
        columns = [f"module (ms, median of {RUNS})", "the module", "and a route's", "and a DynamoDB client"]
        measured = _medians([[one for one in row[1:] if one] for row in rows])
        cells = [[f"{1000 * seconds:.0f}" for seconds in times] for times in measured]
        table(columns, [[row[0], *[*times, "", ""][:3]] for row, times in zip(rows, cells, strict=True)])
    if "--top" in arguments:
        for name in HANDLERS:
            heading(f"What `functions.{name}.app` imports", python=LAMBDA.python)
            table(["module", "ms by itself", "ms with what it imports"], _top(python, package, f"functions.{name}.app"))


def _medians(groups: list[list[Callable[[], float]]]) -> list[list[float]]:
    """Of each measurement the median, all taken in turns so that a busy moment hits them alike."""
    taken: list[list[list[float]]] = [[[] for _ in group] for group in groups]
    for _ in range(RUNS):
        for group, times in zip(groups, taken, strict=True):
            for measure, found in zip(group, times, strict=True):
                found.append(measure())
    return [[statistics.median(found) for found in times] for times in taken]


def _run(python: str, place: Path, script: str) -> float:
    return float(_interpreter(python, place, "-c", script).stdout)


def _top(python: str, package: Path, module: str) -> list[tuple[str, str, str]]:
    """The twelve dearest imports of a module, after the bootstrap."""
    written = _interpreter(python, package, "-X", "importtime", "-c", f"import {BOOTSTRAP}\nimport {module}").stderr
    lines = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \|\s+(\S+)", written.split(" uuid\n")[-1])
    dearest = sorted(lines, key=lambda line: -int(line[0]))[:12]
    return [(f"`{name}`", f"{int(own) / 1000:.1f}", f"{int(all_) / 1000:.1f}") for own, all_, name in dearest]


def _interpreter(python: str, place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1", **_ENVIRONMENT}
    return subprocess.run([python, *arguments], env=environment, capture_output=True, text=True, check=True)


def _platform() -> str:
    machine = {"arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return f"{machine}-apple-darwin" if sys.platform == "darwin" else f"{machine}-manylinux2014"


if __name__ == "__main__":
    main(sys.argv[1:])
