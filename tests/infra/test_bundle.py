"""What travels to Lambda, package and layer: the real ones, as `cdk deploy` makes them."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.bundle import LAMBDA, LAYER, ROOT, SERVICES, SOURCES, THIS_MACHINE, Package, build
from infra.interpreter import python_of_version
from tests.infra.described import LAYERED


@pytest.fixture(scope="module")
def package() -> Package:
    """Made once, and only if something changed since the last time."""
    return build(LAMBDA)


def test_native_code_is_for_lambdas_processor_and_python(package: Package) -> None:
    native = [file.name for file in package.directory.rglob("*.so")]
    assert native
    assert [name for name in native if "cpython-313-aarch64" not in name] == []


def test_it_holds_our_code_and_the_services_we_call_and_no_tests(package: Package) -> None:
    assert (package.directory / "functions" / "member_api" / "app.py").exists()
    assert (package.directory / "shared" / "people" / "common-passwords.bloom").exists()
    data = package.directory / "botocore" / "data"
    assert {d.name for d in data.iterdir() if d.is_dir()} == set(SERVICES)
    assert list(package.directory.rglob("tests")) == []


def test_byte_code_of_lambdas_python_travels_with_every_module(package: Package) -> None:
    if python_of_version(LAMBDA.python) is None:
        pytest.skip(f"Byte code for Lambda needs Python {LAMBDA.python}, and there is none to be had.")
    modules = [module for module in package.directory.rglob("*.py") if "vendored" not in module.parts]
    lacking = [m for m in modules if not (m.parent / "__pycache__" / f"{m.stem}.cpython-313.pyc").exists()]
    assert lacking == []


def _modules(here: Path) -> list[str]:
    files = (file for source in SOURCES for file in (here / source).rglob("*.py"))
    return sorted(".".join(file.relative_to(here).with_suffix("").parts) for file in files)


def _imported(modules: list[str], *paths: Path) -> str:
    """What went wrong when they were imported with nothing but `paths`: neither this environment nor its packages."""
    script = (
        "import importlib, sys; sys.path[:0] = sys.argv[1].split(':'); "
        "[importlib.import_module(m) for m in sys.argv[2:]]"
    )
    command = [sys.executable, "-I", "-S", "-c", script, ":".join(map(str, paths)), *modules]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_every_module_of_ours_imports_with_nothing_but_the_package_and_the_layer() -> None:
    here = build(THIS_MACHINE).directory
    assert _imported(_modules(here), here, build(THIS_MACHINE, LAYER).directory / "python") == ""


def test_functions_without_the_layer_need_nothing_of_it() -> None:
    here = build(THIS_MACHINE).directory
    theirs = [m for m in _modules(here) if m.startswith("functions.") and m.split(".")[1] not in LAYERED]
    assert _imported(theirs, here) == ""


def test_every_client_can_be_made_and_every_model_built_with_nothing_but_the_package() -> None:
    here = build(THIS_MACHINE).directory
    paths = f"{here}:{build(THIS_MACHINE, LAYER).directory / 'python'}"
    script = """
import importlib, sys
sys.path[:0] = sys.argv[1].split(":")
import boto3, pydantic
from shared import aws
for module in sys.argv[2:]:
    importlib.import_module(module)
def under(model):
    for one in model.__subclasses__():
        yield one
        yield from under(one)
built = [model.model_rebuild(force=True) for model in under(pydantic.BaseModel)]
made = [aws.dynamodb(), aws.cognito(), aws.scheduler(), aws.sqs(), aws.ssm(), aws.kinesis_video()]
made += [aws.signaling("https://r-1.kinesisvideo.eu-west-1.amazonaws.com"), aws.chime("eu-central-1")]
made += [aws.chime_voice(), aws.functions(), aws.kms(), aws.ses(), aws.sms()]
made += [boto3.client(service) for service in ("apigatewaymanagementapi", "sts")]
print(len(built) > 20, *sorted(client.meta.service_model.service_name for client in made))
"""
    command = [sys.executable, "-I", "-S", "-c", script, paths, *_modules(here)]
    told = {"PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "eu-west-1"}
    result = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert result.stdout.split() == ["True", *sorted(SERVICES)], result.stderr


def test_the_layer_holds_what_the_package_lacks_where_lambda_looks_for_it() -> None:
    layer = build(LAMBDA, LAYER).directory
    there = {entry.name for entry in (layer / "python").iterdir()}
    assert "cryptography" in there
    assert there.isdisjoint({"boto3", "botocore", "pydantic", "cffi", "pycparser", "functions", "shared"})
    native = [file.name for file in layer.rglob("*.so")]
    assert [name for name in native if not name.endswith((".abi3.so", "-aarch64-linux-gnu.so"))] == []


def test_neither_the_infrastructure_nor_the_laptop_nor_the_tracing_sdk_travels(package: Package) -> None:
    there = {entry.name for entry in package.directory.iterdir()}
    assert there.isdisjoint({"infra", "local", "aws_cdk", "aws_xray_sdk", "starlette", "httpx"})


def _zipped(package: Package) -> int:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in package.directory.rglob("*"):
            archive.write(file, file.relative_to(package.directory))
    return len(zipped.getvalue())


def test_they_are_small_enough_to_start_quickly(package: Package) -> None:
    assert _zipped(package) <= 10_000_000
    assert _zipped(build(LAMBDA, LAYER)) <= 7_000_000


def test_the_same_sources_make_the_same_package(package: Package) -> None:
    assert build(LAMBDA) == package


def test_a_changed_function_makes_another_package(package: Package, tmp_path: Path) -> None:
    for name in ("functions", "shared"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "functions").unlink()
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "requirements.txt").write_text("botocore==1.43.106\n")
    (tmp_path / "functions" / "app.py").write_text("first = 1\n")
    first = build(LAMBDA, root=tmp_path, built=tmp_path / "built")
    (tmp_path / "functions" / "app.py").write_text("second = 2\n")
    second = build(LAMBDA, root=tmp_path, built=tmp_path / "built")
    assert first.digest != second.digest
    assert not first.directory.exists()
    assert (second.directory / "functions" / "app.py").exists()


def test_two_who_make_it_at_once_both_have_it(tmp_path: Path) -> None:
    for name in ("functions", "shared"):
        (tmp_path / name).mkdir()
    (tmp_path / "functions" / "requirements.txt").write_text("botocore==1.43.106\n")
    script = (
        "from pathlib import Path; from infra.bundle import *; print(build(LAMBDA, root=Path('.'), built=Path('b')))"
    )
    command = [sys.executable, "-c", script]
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen(command, cwd=tmp_path, env=told, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    said = [one.communicate()[0] for one in both]

    assert [one.returncode for one in both] == [0, 0]
    assert said[0] == said[1]
    assert len(list((tmp_path / "b").iterdir())) == 1


def test_a_wrong_setting_ends_the_synthesis_with_one_sentence() -> None:
    told = {**os.environ, "CDK_CONTEXT_JSON": json.dumps({"hearthline": {"encryption": "rot13"}})}
    result = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    said = [line for line in result.stderr.splitlines() if line]
    assert said == ['cdk.json: hearthline.encryption is \'rot13\'; allowed is "customer" or "aws".']
