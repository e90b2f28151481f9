"""What the build of the site is told."""

from pathlib import Path

import pytest

from infra import front_end
from infra.front_end import build_site, site_environment
from infra.settings import Settings
from infra.site_config import site_config

RIVERSIDE = Settings(organisation="Riverside Listening", countries=("GB", "US"))


def test_pages_without_script_name_what_config_json_names() -> None:
    told = site_environment(RIVERSIDE)
    config = site_config(RIVERSIDE, laptop=None)
    assert told["HEARTHLINE_ORGANISATION"] == config["organisation"]
    assert told["HEARTHLINE_COUNTRIES"].split(",") == config["countries"]


def test_the_build_is_told_whose_site_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "web").mkdir()
    says = "console.error(process.env.HEARTHLINE_ORGANISATION, process.env.HEARTHLINE_COUNTRIES); process.exit(1);"
    (tmp_path / "web" / "build.mjs").write_text(says)
    monkeypatch.setenv("HEARTHLINE_COUNTRIES", "FR")
    with pytest.raises(front_end.SiteNotBuilt, match="Riverside Listening GB,US"):
        build_site(RIVERSIDE, tmp_path)
