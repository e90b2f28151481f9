"""Figures as a Markdown table on the terminal."""

import platform
import sys
from collections.abc import Iterable, Sequence


def heading(words: str, *, python: str = platform.python_version()) -> None:
    """A heading, and by what this was measured."""
    sys.stdout.write(f"\n## {words}\n\nPython {python}, {platform.machine()}\n\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One table. Numbers stand on the right."""
    lines = [[str(cell) for cell in row] for row in rows]
    rule = ["---" if n == 0 else "---:" for n in range(len(columns))]
    for line in (list(columns), rule, *lines):
        sys.stdout.write(f"| {' | '.join(line)} |\n")
    sys.stdout.flush()
