"""What a person sees while things start: each step, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failed(Exception):  # noqa: N818 - named for what happened
    """Something a person has to put right; its text says what and how."""


class Progress:
    """Prints `name … 1.2 s` for each step and remembers when it all began."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step. A failure leaves the line open, so that the reason stands right below it."""
        began = time.monotonic()
        print(f"  {name:<44}", end="", flush=True)
        try:
            yield
        except BaseException:
            print("stopped", flush=True)
            raise
        print(f"{time.monotonic() - began:6.1f} s", flush=True)

    def unchanged(self, name: str) -> None:
        """Say that a step was not needed."""
        print(f"  {name:<44}unchanged", flush=True)

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began


def give_up(reason: str) -> None:
    """End with one sentence and no traceback."""
    sys.stderr.write(f"\n{reason}\n")
    raise SystemExit(1)
