"""What travels to Lambda: the functions' package and the layer that some of them carry besides.

Each is made for one platform, with byte code, under a stable name.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from uv import find_uv_bin

from infra import common_passwords
from infra.interpreter import python_of_version

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "build"
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
    "lambda",
    "pinpoint-sms-voice-v2",
    "scheduler",
    "sesv2",
    "sqs",
    "ssm",
    "sts",
)
_NOT_CODE = ("requirements.in", "requirements.txt", "layer.in", "layer.txt")
# What our dependencies bring and our functions never import. Every byte is fetched at each cold start.
UNUSED = (
    "**/tests",
    "**/__pycache__",
    "bin",
    "*.dist-info/RECORD",
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/utilities/[!_jt]*",  # leaves what its logger imports: jmespath_utils and typing
    "boto3/data",
    "boto3/ec2",
    "boto3/examples",
    "boto3/s3",
    "botocore/data/*/*/examples-1.json",
    "dateutil/zoneinfo",  # a second copy of what tzdata brings, for dateutil.tz.gettz alone
    "pydantic/mypy.py",
    "pydantic/v1",  # imported only for types written for pydantic 1
    "urllib3/contrib/emscripten",
    # cryptography loads cffi's compiled half alone; the other makes bindings, which are made.
    "cffi",
    "pycparser*",
)


class Target(NamedTuple):
    """Where the package will run. `platform` is a uv platform name, or None for this machine."""

    python: str
    platform: str | None


class Recipe(NamedTuple):
    """What one of them is made of.

    `requirements` is the file that lists the dependencies, `sources` are directories of ours. `inside` is where all of
    it lies in the zip, and `mounted` where Lambda puts that.
    """

    name: str
    requirements: str
    sources: tuple[str, ...]
    inside: str
    mounted: str


PACKAGE = Recipe("functions", "functions/requirements.txt", SOURCES, "", "/var/task")
LAYER = Recipe("layer", "functions/layer.txt", (), "python", "/opt/python")
LAMBDA = Target("3.13", "aarch64-manylinux2014")
THIS_MACHINE = Target(f"{sys.version_info.major}.{sys.version_info.minor}", None)


class Package(NamedTuple):
    """A directory ready to be zipped, and a hash of everything it was made from."""

    directory: Path
    digest: str


class BundleFailed(Exception):  # noqa: N818 - named for what happened
    """The package could not be made; its text says why."""


def build(target: Target, recipe: Recipe = PACKAGE, *, root: Path = ROOT, built: Path | None = None) -> Package:
    """What `recipe` makes for `target`, made only if its inputs changed since the last time.

    Raises BundleFailed when the dependencies cannot be had.
    """
    if recipe.sources:
        common_passwords.write()
    interpreter = python_of_version(target.python)
    digest = _digest(root, target, recipe, compiled=interpreter is not None)
    built = built or BUILT / recipe.name
    place = built / f"{target.platform or 'this-machine'}-{digest[:16]}"
    if place.is_dir():
        return Package(place, digest)
    making = place.with_suffix(f".{os.getpid()}")
    inside = making / recipe.inside
    _install(root / recipe.requirements, target, inside)
    _prune(inside)
    for source in recipe.sources:
        shutil.copytree(root / source, inside / source, ignore=shutil.ignore_patterns("__pycache__", *_NOT_CODE))
    if interpreter:
        _compile(interpreter, inside, recipe.mounted)
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


def _inputs(root: Path, recipe: Recipe) -> Iterator[Path]:
    yield root / recipe.requirements
    for source in recipe.sources:
        yield from (
            file
            for file in sorted((root / source).rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts and not any(file.match(name) for name in _NOT_CODE)
        )
    yield Path(__file__)


def _digest(root: Path, target: Target, recipe: Recipe, *, compiled: bool) -> str:
    digest = hashlib.sha256(repr((target, recipe, compiled)).encode())
    for file in _inputs(root, recipe):
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
    for model in package.glob("botocore/data/*/*/service-2.json.gz"):
        told = _without_words(json.loads(gzip.decompress(model.read_bytes())))
        model.write_bytes(gzip.compress(json.dumps(told, separators=(",", ":")).encode(), mtime=0))


def _without_words(model: Any) -> Any:
    """A part of a service's model without what it says to people; `documentation` can also be the name of a member."""
    if isinstance(model, dict):
        return {
            name: _without_words(inner)
            for name, inner in model.items()
            if name != "documentation" or not isinstance(inner, str)
        }
    return list(map(_without_words, model)) if isinstance(model, list) else model


def _compile(interpreter: str, package: Path, mounted: str) -> None:
    # Unchecked: the zip's time stamps say nothing, and the code never changes after it is deployed.
    how = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(package), "-p", mounted]
    subprocess.run(  # noqa: S603 - our own words
        [interpreter, "-m", "compileall", *how, str(package)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},  # the same sources give the same bytes
        stdout=subprocess.DEVNULL,
    )
