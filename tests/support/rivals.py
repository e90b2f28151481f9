"""Several who want something at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from shared.errors import Refusal

Attempt = Callable[[], object]


def outcomes(pool: ThreadPoolExecutor, attempts: Sequence[Attempt]) -> list[str]:
    """What each of the attempts came to, made at the same moment: `done` or the code of the refusal."""
    together = threading.Barrier(len(attempts))

    def make(attempt: Attempt) -> str:
        together.wait()
        try:
            attempt()
        except Refusal as refused:
            return refused.code
        return "done"

    return list(pool.map(make, attempts))
