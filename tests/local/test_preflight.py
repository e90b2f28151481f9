"""What stands in the way is said in one sentence, with the remedy."""

import socket
from pathlib import Path

import pytest

from local.places import Places
from local.preflight import check_node, check_ports, check_python
from local.progress import Failed


@pytest.fixture
def taken() -> int:
    """A port somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _node(directory: Path, version: str) -> None:
    for name in ("node", "npm"):
        tool = directory / name
        tool.write_text(f"#!/bin/sh\necho {version}\n")
        tool.chmod(0o755)


def test_a_taken_port_of_the_site_is_named_with_the_way_out(taken: int, free: int, tmp_path: Path) -> None:
    with pytest.raises(Failed, match=f"Port {taken}, meant for the site.*HEARTHLINE_PORT={taken + 1000} make start"):
        check_ports(Places(taken, free, tmp_path))


def test_a_taken_port_of_the_emulator_is_named_too(taken: int, free: int, tmp_path: Path) -> None:
    with pytest.raises(Failed, match=f"Port {taken}, meant for the emulator.*HEARTHLINE_EMULATOR_PORT"):
        check_ports(Places(free, taken, tmp_path))


def test_an_old_python_is_refused_with_the_way_out() -> None:
    with pytest.raises(Failed, match=r"needs Python 3\.11 or newer, and this is 3\.9.*make start PYTHON="):
        check_python((3, 9))
    check_python((3, 14))


def test_missing_node_is_refused_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Failed, match=r"there is none: install it from https://nodejs\.org"):
        check_node()


def test_an_old_node_is_refused_and_a_new_one_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _node(tmp_path, "v18.20.1")
    with pytest.raises(Failed, match=r"needs Node 20 or newer, and this is v18\.20\.1"):
        check_node()
    _node(tmp_path, "v24.1.0")
    check_node()
