"""The organisation's settings hold on this machine too."""

from pathlib import Path

import pytest

from local import choices
from local.progress import Failed


def _checkout(root: Path, context: str) -> Path:
    (root / "cdk.json").write_text(f'{{"context": {context}}}')
    return root


def test_the_settings_are_those_that_are_deployed(tmp_path: Path) -> None:
    checkout = _checkout(tmp_path, '{"hearthline": {"organisation": "Riverside", "countries": ["GB"]}}')
    assert choices.settings(checkout).organisation == "Riverside"
    assert choices.settings(checkout).countries == ("GB",)


def test_without_settings_there_are_the_usual_ones(tmp_path: Path) -> None:
    assert choices.settings(_checkout(tmp_path, "{}")).organisation == "Hearthline"


def test_a_wrong_setting_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"hearthline\.countries"):
        choices.settings(_checkout(tmp_path, '{"hearthline": {"countries": ["Britain"]}}'))
