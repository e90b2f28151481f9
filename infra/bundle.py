"""The functions' deployment package: our code, its dependencies for one platform, byte code, under a stable name."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from uv import find_uv_bin

from infra import common_passwords
from infra.interpreter import python_of_version

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "build" / "functions"
SOURCES = ("functions", "shared")
# The services our functions call; botocore's data for the other four hundred is most of its weight.
SERVICES = (
    "apigatewaymanagementapi",
    "chime-sdk-meetings",
    "chime-sdk-voice",
    "cognito-idp",
    "dynamodb",
    "kinesis-video-signaling",
    "kinesisvideo",
    "kms",
    "scheduler",
    "sqs",
    "ssm",
    "sts",
)
# What our dependencies bring and our functions never import. Every byte is fetched at each cold start.
UNUSED = (
    "**/tests",
    "**/__pycache__",
    "bin",
    "*.dist-info/RECORD",
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/utilities/[!_jt]*",  # leaves what its logger imports: jmespath_utils and typing
    "boto3/data",
    "boto3/examples",
    "botocore/data/*/*/examples-1.json",
    "dateutil/zoneinfo",  # a second copy of what tzdata brings, for dateutil.tz.gettz alone
    "pydantic/v1",  # imported only for types written for pydantic 1
)


class Target(NamedTuple):
    """Where the package will run. `platform` is a uv platform name, or None for this machine."""

    python: str
    platform: str | None


LAMBDA = Target("3.13", "aarch64-manylinux2014")
THIS_MACHINE = Target(f"{sys.version_info.major}.{sys.version_info.minor}", None)


class Package(NamedTuple):
    """A directory ready to be zipped, and a hash of everything it was made from."""

    directory: Path
    digest: str


class BundleFailed(Exception):  # noqa: N818 - named for what happened
    """The package could not be made; its text says why."""


def build(target: Target, *, root: Path = ROOT, built: Path = BUILT) -> Package:
    """The package for `target`, made only if its inputs changed since the last time.

    Raises BundleFailed when the dependencies cannot be had.
    """
    common_passwords.write()
    interpreter = python_of_version(target.python)
    digest = _digest(root, target, compiled=interpreter is not None)
    place = built / f"{target.platform or 'this-machine'}-{digest[:16]}"
    if place.is_dir():
        return Package(place, digest)
    making = place.with_suffix(f".{os.getpid()}")
    _install(root / "functions" / "requirements.txt", target, making)
    _prune(making)
    for source in SOURCES:
        shutil.copytree(root / source, making / source, ignore=shutil.ignore_patterns("__pycache__", "requirements.*"))
    if interpreter:
        _compile(interpreter, making)
    for older in built.glob(f"{target.platform or 'this-machine'}-*"):
        if older != place and not older.suffix:  # with one, it is being made by another process at this moment
            shutil.rmtree(older, ignore_errors=True)
    try:
        making.rename(place)
    except OSError:
        if not place.is_dir():
            raise
        shutil.rmtree(making)  # the other process was faster, and made the same
    return Package(place, digest)


def _inputs(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        yield from (
            file for file in sorted((root / source).rglob("*")) if file.is_file() and "__pycache__" not in file.parts
        )
    yield Path(__file__)


def _digest(root: Path, target: Target, *, compiled: bool) -> str:
    digest = hashlib.sha256(repr((target, compiled)).encode())
    for file in _inputs(root):
        name = file.relative_to(root) if file.is_relative_to(root) else file.name
        digest.update(f"\0{name}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _install(requirements: Path, target: Target, into: Path) -> None:
    command = [find_uv_bin(), "pip", "install", "--quiet", "--target", str(into), "--no-deps", "--link-mode", "copy"]
    command += ["--python-version", target.python, "--only-binary", ":all:", "--requirements", str(requirements)]
    command += ["--python-platform", target.platform] if target.platform else ["--python", sys.executable]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if result.returncode:
        shutil.rmtree(into, ignore_errors=True)
        raise BundleFailed(f"The functions' dependencies could not be installed: {result.stderr.strip()}")


def _prune(package: Path) -> None:
    for service in package.glob("botocore/data/*/"):
        if service.name not in SERVICES:
            shutil.rmtree(service)
    for pattern in UNUSED:
        for unused in list(package.glob(pattern)):
            shutil.rmtree(unused) if unused.is_dir() else unused.unlink()


def _compile(interpreter: str, package: Path) -> None:
    # Unchecked: the zip's time stamps say nothing, and the code never changes after it is deployed.
    how = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(package), "-p", "/var/task"]
    subprocess.run(  # noqa: S603 - our own words
        [interpreter, "-m", "compileall", *how, str(package)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},  # the same sources give the same bytes
        stdout=subprocess.DEVNULL,
    )
