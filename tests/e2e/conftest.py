"""What browser tests run against: the whole stack, deployed to the emulator with IAM enforced."""

from collections.abc import Iterator

import pytest

from tests.e2e.running import Running, fresh


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Hearthline of this session's own, with the demo people in it."""
    copy = fresh(tmp_path_factory.mktemp("hearthline"))
    started = copy.command("start", "--background")
    assert started.code == 0, started.said
    yield copy
    stopped = copy.command("stop")
    assert stopped.code == 0, stopped.said
