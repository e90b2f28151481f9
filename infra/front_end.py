"""The built front-end, as a directory the stack can upload."""

import os
import shutil
import subprocess
from pathlib import Path

from infra.settings import Settings

ROOT = Path(__file__).parent.parent
DIST = ROOT / "web" / "dist"


class SiteNotBuilt(Exception):  # noqa: N818 - named for what happened
    """The front-end could not be built; its text says what to do."""


def site_environment(settings: Settings) -> dict[str, str]:
    """What the build is told by environment variables: pages that work without script can't ask `config.json`."""
    return {"HEARTHLINE_ORGANISATION": settings.organisation, "HEARTHLINE_COUNTRIES": ",".join(settings.countries)}


def build_site(settings: Settings, root: Path = ROOT) -> Path:
    """Build the front-end into `web/dist` and return that directory.

    Raises SiteNotBuilt when Node or the packages it needs are missing, or the build fails.
    """
    node = shutil.which("node")
    if node is None:
        raise SiteNotBuilt(
            "Node 20 or newer is needed to build the site; install it from https://nodejs.org and try again."
        )
    if not (root / "node_modules").is_dir():
        raise SiteNotBuilt("The site's packages are not installed; run `make setup` and try again.")
    result = subprocess.run(  # noqa: S603 - our own script
        [node, "web/build.mjs"],
        cwd=root,
        env={**os.environ, **site_environment(settings)},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        said = result.stderr.strip() or result.stdout.strip()
        raise SiteNotBuilt(f"The site could not be built (if a package is missing, run `make setup`):\n\n{said}")
    return root / "web" / "dist"
