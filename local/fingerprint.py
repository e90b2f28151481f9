"""Whether something has to be made again: a hash of what it is made from, remembered from the last time."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from local.places import ROOT

_IGNORED = {"__pycache__", "node_modules", "dist"}


def of(*names: str, extra: Iterable[str] = (), root: Path = ROOT) -> str:
    """A hash of the files and directories `names` under `root`, and of the words in `extra`."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for name in names:
        place = root / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and not _IGNORED.intersection(file.relative_to(root).parts):
                digest.update(f"\0{file.relative_to(root)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


class Made:
    """Remembers in a file, by name, the fingerprint something was last made from."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def is_current(self, name: str, fingerprint: str) -> bool:
        """Whether `name` was last made from exactly this."""
        return self._read().get(name) == fingerprint

    def remember(self, name: str, fingerprint: str) -> None:
        """`name` has now been made from this."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._read() | {name: fingerprint}, indent=1))

    def forget(self, name: str) -> None:
        """`name` has to be made again."""
        known = self._read()
        known.pop(name, None)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(known, indent=1))

    def _read(self) -> dict[str, str]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}
