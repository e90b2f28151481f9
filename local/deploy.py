"""The real `cdk bootstrap` and `cdk deploy`, of the stack that goes to AWS, into the emulator."""

import json
from pathlib import Path

from local import fingerprint, process
from local.cast import ADA
from local.places import ROOT, Places

STACK = "Hearthline"
BOOTSTRAP_STACK = "CDKToolkit"
_CDK = str(ROOT / "node_modules" / ".bin" / "cdk")
# The account every key but a number belongs to in the emulator.
_ENVIRONMENT = "aws://000000000000/us-east-1"


def wanted(places: Places, site: Path) -> str:
    """A fingerprint of everything that decides what is deployed."""
    pages = sorted(page.name for page in site.glob("*.html"))
    return fingerprint.of(
        "infra",
        "functions",
        "shared",
        "app.py",
        "cdk.json",
        "pyproject.toml",
        "local/cast.py",
        extra=(places.site_address, places.emulator, *pages),
    )


def bootstrap(places: Places) -> None:
    """Make what every CDK deployment needs: a bucket for assets, and roles."""
    _cdk(places, "bootstrap", _ENVIRONMENT, site=None)


def deploy(places: Places, site: Path) -> None:
    """Deploy the stack and keep its outputs. The emulator must not be enforcing: publishing assets fails if it is."""
    _cdk(
        places,
        "deploy",
        STACK,
        "--require-approval=never",
        "--method=direct",
        f"--outputs-file={places.outputs}",
        site=site,
    )


def outputs(places: Places) -> dict[str, str]:
    """What the stack calls its resources, by output name."""
    return dict(json.loads(places.outputs.read_text())[STACK])


def _cdk(places: Places, verb: str, *arguments: str, site: Path | None) -> None:
    process.run(
        [_CDK, verb, *arguments]  # noqa: RUF005 - a command reads better in parts
        + ["-c", "local=true", "-c", f"site_address={places.site_address}", "-c", f"admin_email={ADA.email}"]
        + ["-c", f"emulator_address={places.emulator}"]
        + [f"--output={places.state / 'cdk.out'}", "--progress=events", "--ci", "--no-notices"],
        places.logs / f"{verb}.log",
        {**places.aws, "CI": "true"} | ({"HEARTHLINE_SITE": str(site)} if site else {}),
        f"cdk {verb} (if it keeps failing, `make clean` begins anew)",
    )
