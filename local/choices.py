"""What the organisation decided in `cdk.json`: the same here as in AWS."""

import json
from pathlib import Path

from infra.settings import Settings, WrongSetting, read_settings
from local.places import ROOT
from local.progress import Failed


def settings(root: Path = ROOT) -> Settings:
    """The settings in `cdk.json`. Raises Failed when one is wrong."""
    try:
        return read_settings(json.loads((root / "cdk.json").read_text())["context"].get("hearthline"))
    except WrongSetting as wrong:
        raise Failed(str(wrong)) from wrong
