"""What is made again, and what is not."""

from pathlib import Path

from local import fingerprint
from local.fingerprint import Made


def _tree(root: Path) -> None:
    (root / "web" / "dist").mkdir(parents=True)
    (root / "web" / "page.ts").write_text("hello")
    (root / "web" / "dist" / "page.js").write_text("built")
    (root / "cdk.json").write_text("{}")


def test_the_same_files_have_the_same_fingerprint(tmp_path: Path) -> None:
    _tree(tmp_path)
    assert fingerprint.of("web", "cdk.json", root=tmp_path) == fingerprint.of("web", "cdk.json", root=tmp_path)


def test_a_changed_a_renamed_and_a_new_file_each_change_it(tmp_path: Path) -> None:
    _tree(tmp_path)
    seen = {fingerprint.of("web", root=tmp_path)}
    (tmp_path / "web" / "page.ts").write_text("goodbye")
    seen.add(fingerprint.of("web", root=tmp_path))
    (tmp_path / "web" / "page.ts").rename(tmp_path / "web" / "pages.ts")
    seen.add(fingerprint.of("web", root=tmp_path))
    (tmp_path / "web" / "more.ts").write_text("")
    seen.add(fingerprint.of("web", root=tmp_path))
    assert len(seen) == 4


def test_what_was_built_does_not_change_it(tmp_path: Path) -> None:
    _tree(tmp_path)
    before = fingerprint.of("web", root=tmp_path)
    (tmp_path / "web" / "dist" / "page.js").write_text("built again")
    assert fingerprint.of("web", root=tmp_path) == before


def test_another_address_changes_it(tmp_path: Path) -> None:
    _tree(tmp_path)
    ports = ("http://localhost:8080", "http://localhost:9080")
    assert len({fingerprint.of("web", extra=(port,), root=tmp_path) for port in ports}) == 2


def test_what_was_made_is_remembered_by_name(tmp_path: Path) -> None:
    made = Made(tmp_path / "state" / "made.json")
    assert not made.is_current("stack", "a1")
    made.remember("stack", "a1")
    made.remember("site", "b2")
    again = Made(tmp_path / "state" / "made.json")
    assert again.is_current("stack", "a1")
    assert again.is_current("site", "b2")
    assert not again.is_current("stack", "a2")
