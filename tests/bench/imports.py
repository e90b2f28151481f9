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
from pathlib import Path

from infra.bundle import LAMBDA, Target, build
from infra.interpreter import python_of_version
from tests.bench.table import heading, table

RUNS = 15
HANDLERS = ("member_api", "staff_api", "live", "changes", "fanout", "modes", "sweep")
# What the runtime's bootstrap (awslambdaric) and the interpreter under it have imported before us.
BOOTSTRAP = (
    "base64, datetime, decimal, functools, http.client, importlib, json, logging, math, os, random, signal, "
    "socket, sys, time, traceback, types, urllib.parse, uuid, warnings"
)
# A cold start pays for what the route it serves brings; here the smallest, one with the most models in it, and rooms.
_ROOMS = "functions.rooms_app, functions.sockets"
ROUTES = {
    "member_api": {
        "GET /api/me": "functions.member_api.account",
        "POST /api/appointments": "functions.member_api.appointments",
        "POST …/messages": f"functions.member_api.messages, {_ROOMS}",
    },
    "staff_api": {
        "GET /api/staff/agenda": "functions.staff_api.agenda",
        "GET /api/staff/queue": f"functions.staff_api.queue, {_ROOMS}",
    },
}
_SCRIPT = f"""
import {BOOTSTRAP}
began, worked = time.perf_counter(), time.process_time()
import {{module}}
print(time.perf_counter() - began, time.process_time() - worked)
{{route}}
print(time.perf_counter() - began)
{{client}}
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
    heading("Cold import", python=LAMBDA.python)
    columns = ["the module", "of it processor", "and the route's", "and a DynamoDB client"]
    table([f"ms, median of {RUNS}", *columns], _measured(python, package))
    if "--top" in arguments:
        for name in HANDLERS:
            heading(f"What `functions.{name}.app` imports", python=LAMBDA.python)
            table(["module", "ms by itself", "ms with what it imports"], _top(python, package, f"functions.{name}.app"))


def _measured(python: str, package: Path) -> list[list[str]]:
    """A row per module. Runs take turns, so that a busy moment of the machine hits all alike."""
    with tempfile.TemporaryDirectory() as empty:
        (Path(empty) / "nothing.py").touch()
        subjects = {"an empty module (floor)": (Path(empty), _SCRIPT.format(module="nothing", route="", client=""))}
        for name in HANDLERS:
            module = f"functions.{name}.app"
            for route, brings in ROUTES.get(name, {"": ""}).items():
                served = f", `{route}`" if route else ""
                script = _SCRIPT.format(module=module, route=f"import {brings}" if brings else "", client=_CLIENT)
                subjects[f"`{module}`{served}"] = (package, script)
        runs: dict[str, list[list[float]]] = {name: [] for name in subjects}
        for _ in range(RUNS):
            for name, (place, script) in subjects.items():
                runs[name].append([float(word) for word in _interpreter(python, place, "-c", script).stdout.split()])
    return [
        [name, *(f"{1000 * statistics.median(times):.0f}" for times in zip(*found, strict=True))]
        for name, found in runs.items()
    ]


def _top(python: str, package: Path, module: str) -> list[tuple[str, str, str]]:
    """The twelve dearest imports of a module, after the bootstrap."""
    written = _interpreter(python, package, "-X", "importtime", "-c", f"import {BOOTSTRAP}\nimport {module}").stderr
    lines = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \|\s+(\S+)", written.split(" uuid\n")[-1])
    dearest = sorted(lines, key=lambda line: -int(line[0]))[:12]
    return [(f"`{name}`", f"{int(own) / 1000:.1f}", f"{int(all_) / 1000:.1f}") for own, all_, name in dearest]


def _interpreter(python: str, place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1", **_ENVIRONMENT}
    # -P: or it would find the sources where we are, which have no byte code, before the package.
    return subprocess.run([python, "-P", *arguments], env=environment, capture_output=True, text=True, check=True)


def _platform() -> str:
    machine = {"arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return f"{machine}-apple-darwin" if sys.platform == "darwin" else f"{machine}-manylinux2014"


if __name__ == "__main__":
    main(sys.argv[1:])
